package io.camelray.cli;

import io.camelray.assets.ObjectStore;
import io.camelray.component.RayComponent;
import io.camelray.component.RaySettings;
import io.camelray.engine.Account;
import io.camelray.model.Destination;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run needs, looked at one by one; a thing that is wrong keeps no other from being looked at. */
final class Diagnosis {

    private static final long GIGABYTE = 1L << 30;
    private static final long LEAST_SPACE = GIGABYTE;
    private static final Duration WRONG_CLOCK = Duration.ofSeconds(30);
    private static final int OLDEST_JAVA = 17;

    private final HomeOptions options;
    private final boolean offline;
    private final Path home;
    private final List<Finding> findings = new ArrayList<>();

    Diagnosis(HomeOptions options, boolean offline) {
        this.options = options;
        this.offline = offline;
        this.home = options.home("work");
    }

    /** How it is. */
    enum Health {
        GOOD("ok"),
        DOUBTFUL("doubtful"),
        BAD("wrong");

        private final String label;

        Health(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** @param sentence what was found, and what to do if it is not good */
    record Finding(String what, Health health, String sentence) {}

    List<Finding> findings() {
        java();
        folder("home", home);
        try (Program program = new Program(options, home, Map.of(), false)) {
            RaySettings settings;
            try {
                settings = program.configure();
            } catch (RuntimeException e) {
                add("properties", Health.BAD, Sentences.of(e));
                return findings;
            }
            add("properties", Health.GOOD, "read from " + options.config().toAbsolutePath() + " and the jar");
            keys(settings);
            ledger();
            destination(settings, program.component());
            if (!offline) {
                settings.accounts().forEach(account -> reach(account, settings));
            }
        }
        return findings;
    }

    private void add(String what, Health health, String sentence) {
        findings.add(new Finding(what, health, sentence));
    }

    private void java() {
        int version = Runtime.version().feature();
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        add(
                "java",
                version < OLDEST_JAVA ? Health.BAD : Health.GOOD,
                "version " + Runtime.version() + ", heap up to " + heap + " MB");
    }

    /** A folder that is not there yet is looked at where it will be made. */
    private void folder(String what, Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            add(what, Health.BAD, there + " cannot be written by this user");
            return;
        }
        try {
            FileStore store = Files.getFileStore(there);
            long free = store.getUsableSpace();
            String sentence =
                    String.format(Locale.ROOT, "%s is writable, %.1f GB free", folder, free / (double) GIGABYTE);
            if (free < LEAST_SPACE) {
                add(what, Health.DOUBTFUL, sentence + ": finished outputs wait there while a destination is down");
            } else {
                add(what, Health.GOOD, sentence);
            }
        } catch (IOException e) {
            add(what, Health.DOUBTFUL, "how much space " + there + " has cannot be seen: " + Sentences.of(e));
        }
    }

    private void keys(RaySettings settings) {
        for (Account account : settings.accounts()) {
            boolean set = account.key().get().isPresent();
            boolean needed = account.provider().name() == settings.provider();
            add(
                    "key " + account.name(),
                    set ? Health.GOOD : needed ? Health.BAD : Health.DOUBTFUL,
                    set ? "set" : "missing: set its environment variable, or the file that the property names");
        }
    }

    private void ledger() {
        LedgerAccess access = new LedgerAccess(options);
        try {
            int campaigns = access.status(Optional.empty()).path("campaigns").size();
            boolean running = access.isProgramRunning();
            add(
                    "ledger",
                    Health.GOOD,
                    campaigns + " campaigns" + (running ? ", a program works on it" : ", nobody works on it"));
            access.clock().ifPresent(this::clock);
        } catch (IOException | RuntimeException e) {
            if (Files.isDirectory(home.resolve("ledger"))) {
                add("ledger", Health.BAD, Sentences.of(e));
            } else {
                add("ledger", Health.GOOD, "will be made at the first start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clock(Instant ledger) {
        Duration apart = Duration.between(ledger, Clock.systemUTC().instant()).abs();
        add(
                "clock",
                apart.compareTo(WRONG_CLOCK) > 0 ? Health.BAD : Health.GOOD,
                apart.compareTo(WRONG_CLOCK) > 0
                        ? "it is " + apart.toSeconds() + " s away from the database's: set both by NTP"
                        : "as the ledger's");
    }

    private void destination(RaySettings settings, RayComponent component) {
        if (settings.deliverTo() instanceof Destination.Folder folder) {
            folder("destination", folder.path());
        } else if (!offline && settings.deliverTo() instanceof Destination.Bucket bucket) {
            try {
                Optional<String> trouble = new ObjectStore(component.bucketClient()).checkBucket(bucket.name());
                add(
                        "destination",
                        trouble.isPresent() ? Health.BAD : Health.GOOD,
                        trouble.orElse("the bucket " + bucket.name() + " can be reached"));
            } catch (RuntimeException e) {
                add("destination", Health.BAD, Sentences.of(e));
            }
        }
    }

    /** Asks for the address only, without a key: any answer shows that the way there is open. */
    private void reach(Account account, RaySettings settings) {
        Optional<String> trouble = Reach.of(account.baseUrl(), settings.engine().http());
        add(
                "way to " + account.name(),
                trouble.isPresent() ? Health.BAD : Health.GOOD,
                trouble.map(why -> account.baseUrl().getHost() + " cannot be reached: " + why
                                + " (proxy: ray.http.proxy; authorities: ray.http.trust-store)")
                        .orElse(account.baseUrl().getHost() + " answers; nothing was asked of the account"));
    }
}
