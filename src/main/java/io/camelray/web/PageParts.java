package io.camelray.web;

import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * What the status page shows and works with.
 *
 * @param check asked before a render adopts a job
 * @param accounts those that are configured, by name
 * @param previewer says what a manifest would do
 * @param intake where accepted manifests go
 * @param reportPolicy the Content-Security-Policy of the reports
 */
public record PageParts(
        Ledger ledger,
        JobCheck check,
        Path home,
        Map<String, AccountAccess> accounts,
        Function<ManifestSource, PlanPreview> previewer,
        Intake intake,
        String reportPolicy) {

    /** Takes a manifest over. */
    @FunctionalInterface
    public interface Intake {

        /**
         * @return where it lies now, for people
         * @throws io.camelray.ledger.OperatorException if nothing is taken
         */
        String take(String name, byte[] manifest) throws IOException;
    }
}
