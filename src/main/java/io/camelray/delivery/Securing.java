package io.camelray.delivery;

import io.camelray.assets.ContentDigests;
import io.camelray.assets.DownloadResult;
import io.camelray.assets.DownloadResult.Complete;
import io.camelray.assets.DownloadResult.Expired;
import io.camelray.assets.DownloadResult.Forbidden;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import io.camelray.assets.FolderStore;
import io.camelray.assets.GuardedDownload;
import io.camelray.delivery.OutputVerdict.Broken;
import io.camelray.delivery.OutputVerdict.Sound;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.model.Capability;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings an output into the spool, verified. What an earlier try left there is used again if it is intact. A defect is
 * believed only after {@value #TRIES} tries, and only if the store then hands out the same broken bytes twice: a render
 * that has been paid for is not given up for a bad connection.
 */
public final class Securing {

    static final int TRIES = 3;

    private final DeliveryLedger ledger;
    private final GuardedDownload download;
    private final OutputCheck check;
    private final Spool spool;
    private final DeliveryFigures figures;

    /** @param figures are told what was downloaded */
    public Securing(
            DeliveryLedger ledger, GuardedDownload download, OutputCheck check, Spool spool, DeliveryFigures figures) {
        this.ledger = ledger;
        this.download = download;
        this.check = check;
        this.spool = spool;
        this.figures = figures;
    }

    /**
     * @throws UrlExpiredException if a fresh URL is needed
     * @throws DeliveryRetryException if it did not work now
     * @throws DeliveryDefectException if it never will
     */
    public SecuredOutput secure(PendingOutput pending)
            throws UrlExpiredException, DeliveryRetryException, DeliveryDefectException {
        try {
            Optional<Held> earlier = held(pending);
            if (earlier.isEmpty()) {
                earlier = leftBehind(pending);
            }
            Held held = earlier.isPresent() ? earlier.get() : mirroredOrFetched(pending);
            spool.mirror().keep(pending, held.file().file()); // again, if the mirror was away
            return output(pending, held);
        } catch (IOException e) {
            throw retry(pending, "The output could not be brought into the spool: " + e, e);
        }
    }

    /** What the ledger knows of, and the digests of what was verified. */
    private record Held(SecuredFile file, ContentDigests content) {}

    /** What an earlier try left in the spool, if it is still that. */
    static Optional<SecuredFile> intact(PendingOutput pending) throws IOException {
        return held(pending).map(Held::file);
    }

    private static Optional<Held> held(PendingOutput pending) throws IOException {
        if (pending.secured().isEmpty()) {
            return Optional.empty();
        }
        SecuredFile file = pending.secured().get();
        if (!Files.isRegularFile(file.file()) || Files.size(file.file()) != file.bytes()) {
            return Optional.empty();
        }
        ContentDigests content = ContentDigests.withoutMd5(file.file());
        return content.sha256().equals(file.sha256()) ? Optional.of(new Held(file, content)) : Optional.empty();
    }

    /** A file that was verified just before the program died and that the ledger has not heard of. */
    private Optional<Held> leftBehind(PendingOutput pending) throws IOException {
        Path file = spool.file(pending);
        if (!Files.isRegularFile(file)
                || !(check.check(pending.kind(), file, pending.render().request(), sourceMillis(pending))
                        instanceof Sound sound)) {
            return Optional.empty();
        }
        return Optional.of(record(pending, file, ContentDigests.withoutMd5(file), sound));
    }

    /** What was lost with another node's disk, or what was never fetched. */
    private Held mirroredOrFetched(PendingOutput pending)
            throws IOException, UrlExpiredException, DeliveryRetryException, DeliveryDefectException {
        try {
            Optional<Held> mirrored = mirrored(pending);
            return mirrored.isPresent() ? mirrored.get() : fetch(pending);
        } catch (MirrorAwayException away) {
            try {
                return fetch(pending);
            } catch (UrlExpiredException | DeliveryDefectException gone) {
                if (pending.secured().isEmpty()) {
                    throw gone;
                }
                throw retry(
                        pending,
                        "The output is not in this node's spool, and ray.spool.mirror cannot be read: "
                                + away.getMessage(),
                        gone);
            }
        }
    }

    private Optional<Held> mirrored(PendingOutput pending) throws IOException, MirrorAwayException {
        try {
            if (!spool.arrivesFromMirror(pending)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new MirrorAwayException(e);
        }
        ContentDigests content = ContentDigests.withoutMd5(spool.part(pending));
        boolean same =
                pending.secured().isEmpty() || pending.secured().get().sha256().equals(content.sha256());
        if (!same || !(judge(pending) instanceof Sound sound)) {
            spool.discardPart(pending);
            return Optional.empty();
        }
        return Optional.of(record(pending, spool.keep(pending), content, sound));
    }

    private static final class MirrorAwayException extends Exception {
        private static final long serialVersionUID = 1L;

        MirrorAwayException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private Held record(PendingOutput pending, Path file, ContentDigests content, Sound sound) {
        String findings = sound.findings().toString();
        SecuredFile secured = new SecuredFile(file, content.bytes(), content.sha256(), sound.contentType(), findings);
        spool.mirror().keep(pending, file);
        ledger.recordSecured(pending.outputId(), secured);
        return new Held(secured, content);
    }

    private Held fetch(PendingOutput pending)
            throws IOException, UrlExpiredException, DeliveryRetryException, DeliveryDefectException {
        Complete arrived = arrive(pending);
        OutputVerdict verdict = judge(pending);
        if (verdict instanceof Broken broken) {
            spool.discardPart(pending);
            if (isLastTry(pending)) {
                arrived = confirm(pending, broken, arrived);
                verdict = judge(pending);
            }
        }
        if (verdict instanceof Broken broken) {
            spool.discardPart(pending);
            throw retry(pending, broken.sentence(), null);
        }
        return record(pending, spool.keep(pending), arrived.content(), (Sound) verdict);
    }

    private OptionalLong sourceMillis(PendingOutput pending) {
        return pending.render().request().source().isPresent()
                ? ledger.sourceMillis(pending.render())
                : OptionalLong.empty();
    }

    private OutputVerdict judge(PendingOutput pending) throws IOException {
        return check.check(pending.kind(), spool.part(pending), pending.render().request(), sourceMillis(pending));
    }

    /** Downloads a broken file once more: the same bytes again are what the store really holds. */
    private Complete confirm(PendingOutput pending, Broken broken, Complete first)
            throws IOException, UrlExpiredException, DeliveryRetryException, DeliveryDefectException {
        Complete second = arrive(pending);
        if (second.sha256().equals(first.sha256())) {
            spool.discardPart(pending);
            throw defect(pending, broken.sentence());
        }
        return second;
    }

    private Complete arrive(PendingOutput pending)
            throws IOException, UrlExpiredException, DeliveryRetryException, DeliveryDefectException {
        if (pending.url().isEmpty()) {
            return notOffered(pending);
        }
        long start = System.nanoTime();
        DownloadResult result = download.fetch(pending.url(), spool.part(pending));
        if (result instanceof Complete complete) {
            figures.downloaded(pending.render().account(), complete.bytes(), System.nanoTime() - start);
            return complete;
        }
        if (result instanceof Expired expired) {
            throw new UrlExpiredException(pending.render().id(), expired.status(), expired.reason());
        }
        if (result instanceof Transient later) {
            Duration pace = DeliveryPace.after(pending.attempt());
            Duration asked = later.retryAfter().orElse(pace);
            Duration delay = asked.compareTo(pace) < 0 ? pace : asked;
            throw new DeliveryRetryException(
                    pending.render().id(), shorter(delay, DeliveryPace.LONGEST), later.reason());
        }
        if (result instanceof Forbidden forbidden) {
            if (isLastTry(pending)) {
                spool.discardPart(pending);
                throw new DeliveryDefectException(pending.render().id(), forbidden.reason(), forbidden.remedy());
            }
            throw retry(pending, forbidden.reason() + ". " + forbidden.remedy(), null);
        }
        String reason = ((Unusable) result).reason();
        spool.discardPart(pending);
        if (isLastTry(pending)) {
            throw defect(pending, reason);
        }
        throw retry(pending, reason, null);
    }

    /** The job is completed and this file is not among its outputs; asking once more may find it. */
    private static Complete notOffered(PendingOutput pending) throws UrlExpiredException, DeliveryDefectException {
        String reason = "The provider offers no " + pending.kind().label() + " for the completed job";
        if (isLastTry(pending) || isNeverOffered(pending)) {
            throw defect(pending, reason);
        }
        throw new UrlExpiredException(pending.render().id(), 0, reason);
    }

    /** Asking again is of no use where the provider is not known ever to give it. */
    private static boolean isNeverOffered(PendingOutput pending) {
        return pending.kind() == OutputKind.THUMBNAIL
                && !Capability.THUMBNAIL.isOffered(pending.render().provider());
    }

    /** Whether the file is of the other form that has a name of its own. */
    private static boolean isOfOtherForm(PendingOutput pending, SecuredFile file) {
        boolean other =
                switch (pending.kind()) {
                    case VIDEO -> false;
                    case EXR -> file.contentType().equals(OutputCheck.ZIP_TYPE);
                    case THUMBNAIL -> !file.contentType().equals(OutputCheck.JPEG_TYPE);
                };
        return other && !pending.alternateKey().isEmpty();
    }

    private SecuredOutput output(PendingOutput pending, Held held) throws IOException, DeliveryDefectException {
        SecuredFile file = held.file();
        String key = isOfOtherForm(pending, file) ? pending.alternateKey() : pending.key();
        if (pending.destination() instanceof Destination.Folder folder) {
            try {
                new FolderStore(folder.path()).resolve(key);
            } catch (IllegalArgumentException e) {
                throw new DeliveryDefectException(
                        pending.render().id(), e.getMessage(), "Correct the key template of the manifest.");
            }
        }
        return new SecuredOutput(
                file.file(),
                held.content(),
                file.contentType(),
                pending.destination(),
                key,
                ObjectMetadata.of(pending.render(), file),
                file.findings());
    }

    private static boolean isLastTry(PendingOutput pending) {
        return pending.attempt() + 1 >= TRIES;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static DeliveryRetryException retry(PendingOutput pending, String reason, Throwable cause) {
        return new DeliveryRetryException(pending.render().id(), DeliveryPace.after(pending.attempt()), reason, cause);
    }

    private static DeliveryDefectException defect(PendingOutput pending, String reason) {
        return new DeliveryDefectException(
                pending.render().id(),
                reason,
                "Ask the provider about job "
                        + pending.render().job().map(Object::toString).orElse("(unknown)")
                        + ", or retry the variant, which is a new paid attempt.");
    }
}
