package io.camelray.component;

import io.camelray.assets.AssetHost;
import io.camelray.assets.GuardedDownload;
import io.camelray.assets.KeptMedia;
import io.camelray.assets.MediaProbe;
import io.camelray.assets.ObjectStore;
import io.camelray.assets.ObjectTags;
import io.camelray.assets.ObjectUpload;
import io.camelray.assets.OpenUploads;
import io.camelray.assets.ScratchFolder;
import io.camelray.assets.UploadSettings;
import io.camelray.delivery.CampaignDigest;
import io.camelray.delivery.CampaignReport;
import io.camelray.delivery.CampaignReporter;
import io.camelray.delivery.DeliveryFigures;
import io.camelray.delivery.DeliveryTags;
import io.camelray.delivery.DestinationWatch;
import io.camelray.delivery.EarlierCopy;
import io.camelray.delivery.Forgoing;
import io.camelray.delivery.Keeping;
import io.camelray.delivery.ObjectLinks;
import io.camelray.delivery.OutputCheck;
import io.camelray.delivery.Proving;
import io.camelray.delivery.RunManifest;
import io.camelray.delivery.Securing;
import io.camelray.delivery.Sidecar;
import io.camelray.delivery.Spool;
import io.camelray.delivery.SpoolGate;
import io.camelray.delivery.SpoolMirror;
import io.camelray.delivery.Storing;
import io.camelray.engine.Accounts;
import io.camelray.engine.Engine;
import io.camelray.engine.Receipts;
import io.camelray.engine.RenderMedia;
import io.camelray.intake.AdHocPlan;
import io.camelray.intake.Planner;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerAbsence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The rooms below the component, put together over one ledger. Built, started and closed by the component. */
final class RayWorks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RayWorks.class);
    private static final long REPORT_SECONDS = 1;
    private static final long SHRINK_SECONDS = 60;
    /** No copy of a file beside a manifest takes so long, and no two nodes' clocks differ so much. */
    private static final Duration OLD_DRAFT = Duration.ofDays(1);
    /** So that a mirror that two ledgers use by mistake is of some use to both. */
    private static final Duration OLD_COPY = Duration.ofDays(7);

    private final RaySettings settings;
    private final Ledger ledger;
    private final Clock clock;
    private final NodeFile node;
    private final Engine engine;
    private final MediaProbe probe;
    private final Planner planner;
    private final AdHocPlan adHoc;
    private final GuardedDownload download;
    private final SpoolMirror mirror;
    private final Spool spool;
    private final Securing securing;
    private final SpoolGate spoolGate;
    private final DestinationWatch destinationWatch;
    private final ExpiryAlarm expiryAlarm;
    private final Storing storing;
    private final DeliveryTags tags;
    private final UploadSweep uploadSweep;
    private final Proving proving;
    private final Forgoing forgoing;
    private final Keeping keeping;
    private final EarlierCopy earlierCopy;
    private final Supplier<Schedules> schedules;
    private final CampaignReport report;
    private final CampaignReporter reporter;
    private final UndoWatch undo;
    private final ScheduledExecutorService reports;
    private final AtomicInteger rejected = new AtomicInteger();
    private volatile boolean eventsWanted;
    private boolean reportsFail;
    private final Digests digests;
    private final Retention retention;
    private final DeliveryFigures deliveries = new DeliveryFigures();

    /**
     * @param schedules asked only when one has fired
     * @param s3 asked only when a bucket is delivered to
     * @throws UncheckedIOException if the home cannot be written
     */
    RayWorks(RaySettings settings, Ledger ledger, Supplier<Schedules> schedules, Supplier<S3Client> s3, Clock clock) {
        this.schedules = schedules;
        this.settings = settings;
        this.ledger = ledger;
        this.clock = clock;
        Path home = settings.home();
        this.engine = new Engine(
                ledger,
                new Accounts(settings.accounts()),
                new Receipts(home.resolve("ledger").resolve("receipts.log"), clock),
                media(settings, s3, clock),
                settings.engine(),
                clock);
        this.probe = new MediaProbe(settings.assets(), s3, clock);
        this.planner = Planning.planner(settings, ledger, probe, new DestinationKeys(ledger, s3), clock);
        this.adHoc = Planning.adHoc(settings, ledger, probe);
        this.download = new GuardedDownload(settings.delivery().download());
        this.mirror = new SpoolMirror(settings.delivery().spoolMirror());
        this.spool = spool(home, mirror);
        this.securing = new Securing(ledger, download, new OutputCheck(), spool, deliveries);
        this.spoolGate = new SpoolGate(spool, settings.delivery().spoolLimit());
        this.expiryAlarm = new ExpiryAlarm(settings.delivery().expiryMargin(), clock);
        this.destinationWatch = new DestinationWatch(settings.delivery().silence());
        UploadSettings upload = settings.delivery().upload();
        OpenUploads open = new OpenUploads(spool.folder().resolve("uploads"));
        this.storing = new Storing(
                () -> new ObjectUpload(s3.get(), upload, open),
                () -> new ObjectStore(s3.get()),
                upload,
                settings.delivery().ifThere());
        this.tags = new DeliveryTags(once(() -> new ObjectTags(s3.get())));
        this.uploadSweep = new UploadSweep(open, s3);
        this.forgoing = new Forgoing(ledger, () -> new ObjectStore(s3.get()), new Sidecar(), clock);
        this.keeping = new Keeping(ledger, () -> new ObjectStore(s3.get()), new Sidecar(), clock);
        this.earlierCopy = new EarlierCopy(ledger, () -> new ObjectStore(s3.get()), spool);
        this.proving = new Proving(ledger, () -> new ObjectStore(s3.get()), spool, new Sidecar(), clock, deliveries);
        this.report = new CampaignReport(
                ledger, home, new ObjectLinks((bucket, key) -> new ObjectStore(s3.get()).address(bucket, key)), clock);
        CampaignDigest digest = new CampaignDigest(
                ledger,
                ledger,
                home,
                settings.upkeep().digests(),
                settings.upkeep().json());
        this.reporter = new CampaignReporter(
                ledger,
                report,
                Optional.of(new RunManifest(ledger, () -> new ObjectStore(s3.get()), home, clock)),
                digest);
        this.digests = new Digests(ledger, digest);
        this.retention = new Retention(home, settings.upkeep().retention(), ledger, engine::forgetReceipts, clock);
        this.undo = new UndoWatch(ledger, home);
        this.reports = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ray-reports");
            thread.setDaemon(true);
            return thread;
        });
        this.node = new NodeFile(home);
    }

    private static RenderMedia media(RaySettings settings, Supplier<S3Client> s3, Clock clock) {
        return new RenderMedia(
                new AssetHost(settings.assets(), s3, clock),
                new AssetHost(settings.assets().withoutBucket(), s3, clock),
                new KeptMedia(settings.keptMedia()));
    }

    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private T made;

            @Override
            public synchronized T get() {
                made = made == null ? maker.get() : made;
                return made;
            }
        };
    }

    private static Spool spool(Path home, SpoolMirror mirror) {
        try {
            Files.createDirectories(home);
            return new Spool(home, mirror);
        } catch (IOException e) {
            throw new UncheckedIOException("The home " + home + " cannot be written: " + e.getMessage(), e);
        }
    }

    void start() {
        Instant started = clock.instant();
        engine.start(node.name());
        sweepSpool(started);
        sweepShared(started);
        uploadSweep.start();
        reports.scheduleWithFixedDelay(this::watchUndo, 0, REPORT_SECONDS, TimeUnit.SECONDS);
        reports.scheduleWithFixedDelay(this::writeReports, 0, REPORT_SECONDS, TimeUnit.SECONDS);
        reports.scheduleWithFixedDelay(this::keepHouse, 0, REPORT_SECONDS, TimeUnit.SECONDS);
        reports.scheduleWithFixedDelay(this::shrinkLedger, SHRINK_SECONDS, SHRINK_SECONDS, TimeUnit.SECONDS);
    }

    private void keepHouse() {
        try {
            digests.look();
            retention.tick();
        } catch (RuntimeException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.warn("Digests and old files cannot be looked after now: {}", e.getMessage());
            }
        }
    }

    private void shrinkLedger() {
        try {
            ledger.shrink();
        } catch (RuntimeException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.warn("The ledger cannot be made smaller now: {}", e.getMessage());
            }
        }
    }

    private void watchUndo() {
        try {
            undo.look();
        } catch (RuntimeException e) {
            if (!LedgerAbsence.explains(e)) {
                LOG.error("Accepted manifests cannot be watched now: {}", e.getMessage());
            }
        }
    }

    /** Removes what a program left behind that died between getting hold of something and clearing it away. */
    private void sweepSpool(Instant started) {
        try {
            int swept = spool.sweep(ledger::awaitsDelivery)
                    + ScratchFolder.sweep(settings.assets().scratch(), started);
            if (swept > 0) {
                LOG.info("{} files in the spool belonged to nothing that waits, and are removed", swept);
            }
        } catch (IOException e) {
            LOG.warn("The spool cannot be swept: {}", e.getMessage());
        }
    }

    /** What nodes share: what is young there may be in the making. */
    private void sweepShared(Instant started) {
        try {
            int swept = new KeptMedia(settings.keptMedia()).sweep(started.minus(OLD_DRAFT))
                    + mirror.sweep(ledger::awaitsDelivery, started.minus(OLD_COPY));
            if (swept > 0) {
                LOG.info("{} half copies of media and copies of delivered outputs are removed", swept);
            }
        } catch (IOException e) {
            LOG.error("The folders that nodes share cannot be swept: {}", e.getMessage());
        }
    }

    /** Writes the reports of all campaigns that have settled since they were last reported. */
    synchronized void writeReports() {
        try {
            reporter.writeDue();
            reportsFail = false;
        } catch (RuntimeException e) {
            if (!reportsFail && !LedgerAbsence.explains(e)) {
                LOG.error("Reports cannot be written now, that is tried again: {}", e.getMessage());
            }
            reportsFail = true;
        }
    }

    /** Somebody consumes events. */
    void wantEvents() {
        eventsWanted = true;
        ledger.openEvents();
    }

    /** Has no event wait for a channel that is not there any more. Called when all routes are running. */
    void closeUnwantedEvents() {
        if (!eventsWanted) {
            int givenUp = ledger.closeEvents();
            if (givenUp > 0) {
                LOG.warn("No route hands over events any more: {} that still waited are given up", givenUp);
            }
        }
    }

    void countRejected() {
        rejected.incrementAndGet();
    }

    /** Manifests rejected since the start. */
    int rejected() {
        return rejected.get();
    }

    RaySettings settings() {
        return settings;
    }

    Ledger ledger() {
        return ledger;
    }

    Engine engine() {
        return engine;
    }

    DeliveryFigures deliveries() {
        return deliveries;
    }

    Planner planner() {
        return planner;
    }

    Schedules schedules() {
        return schedules.get();
    }

    AdHocPlan adHoc() {
        return adHoc;
    }

    DestinationWatch destinationWatch() {
        return destinationWatch;
    }

    Securing securing() {
        return securing;
    }

    Storing storing() {
        return storing;
    }

    DeliveryTags tags() {
        return tags;
    }

    SpoolGate spoolGate() {
        return spoolGate;
    }

    ExpiryAlarm expiryAlarm() {
        return expiryAlarm;
    }

    Proving proving() {
        return proving;
    }

    Forgoing forgoing() {
        return forgoing;
    }

    Keeping keeping() {
        return keeping;
    }

    EarlierCopy earlierCopy() {
        return earlierCopy;
    }

    CampaignReport report() {
        return report;
    }

    @Override
    public void close() {
        reports.shutdown();
        uploadSweep.close();
        engine.close();
        writeReports();
        download.close();
        probe.close();
        ledger.close();
        node.close();
    }
}
