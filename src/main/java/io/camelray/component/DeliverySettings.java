package io.camelray.component;

import io.camelray.assets.DownloadSettings;
import io.camelray.assets.UploadSettings;
import io.camelray.delivery.IfThere;
import io.camelray.model.Labelled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How outputs are fetched, spooled and stored.
 *
 * @param ifThere what becomes of another object under an output's key
 * @param expiryMargin how long before its URL dies an output that is not in the spool is an alarm
 * @param silence how long a destination may store nothing of what it was sent before only one output at a time goes there
 * @param spoolLimit bytes that may wait before nothing more is submitted; 0 for no limit
 * @param spoolMirror where what cannot be fetched again lies a second time, absolute
 */
record DeliverySettings(
        DownloadSettings download,
        UploadSettings upload,
        IfThere ifThere,
        boolean tags,
        Duration expiryMargin,
        Duration silence,
        long spoolLimit,
        Optional<Path> spoolMirror) {

    /** @throws IllegalArgumentException naming the option and what it accepts */
    static DeliverySettings of(RayComponentOptions options) {
        DownloadSettings defaults = DownloadSettings.defaults();
        long maxSize = RaySettings.option("downloadMaxSize", () -> ByteSize.parse(options.getDownloadMaxSize()));
        Duration timeout =
                RaySettings.option("downloadTimeout", () -> RaySettings.atLeastOneMilli(options.getDownloadTimeout()));
        Duration window =
                RaySettings.option("downloadWindow", () -> RaySettings.atLeastOneMilli(options.getDownloadWindow()));
        return new DeliverySettings(
                RaySettings.option("downloadMaxSize", () -> defaults.withMaxBytes(maxSize))
                        .withTimeouts(defaults.connectTimeout(), defaults.idleTimeout(), timeout)
                        .withMinThroughput(defaults.minBytesPerSecond(), window)
                        .withAllowPrivate(options.isDownloadAllowPrivate()),
                RaySettings.option("deliverMultipartAbove and deliverPartSize", () -> upload(options)),
                RaySettings.option("deliverExisting", () -> Labelled.of(IfThere.class, options.getDeliverExisting())),
                options.isDeliverTags(),
                RaySettings.option(
                        "deliverExpiryMargin", () -> RaySettings.atLeastOneMilli(options.getDeliverExpiryMargin())),
                RaySettings.option("deliverSilence", () -> RaySettings.atLeastOneMilli(options.getDeliverSilence())),
                RaySettings.option("spoolLimit", () -> ByteSize.parse(options.getSpoolLimit())),
                RaySettings.option("spoolMirror", () -> RaySettings.text(options.getSpoolMirror())
                        .map(folder -> Path.of(folder).toAbsolutePath().normalize())));
    }

    private static UploadSettings upload(RayComponentOptions options) {
        return new UploadSettings(
                ByteSize.parse(options.getDeliverMultipartAbove()),
                ByteSize.parse(options.getDeliverPartSize()),
                RaySettings.text(options.getDeliverKmsKey()));
    }
}
