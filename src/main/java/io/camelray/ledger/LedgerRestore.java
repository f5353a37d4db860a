package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a backup in the place of a home's ledger. What was submitted after the backup was made is not in it, and would be
 * paid for again; so every account comes back paused, until a person has compared with the provider.
 */
public final class LedgerRestore {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern(
                    "'.before-restore-'yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final Path ledger;
    private final Path receipts;
    private final String user;
    private final String password;
    private final Clock clock;

    /**
     * @param ledger where the ledger's file is, or will be
     * @param receipts where the receipts are
     */
    public LedgerRestore(Path ledger, Path receipts, String user, String password, Clock clock) {
        this.ledger = ledger;
        this.receipts = receipts;
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    /** @param at when the backup was made @param aside where the files are that were there before */
    public record Restored(Instant at, List<String> paused, List<Path> aside) {}

    /**
     * Restores all, or leaves everything as it was.
     *
     * @param configured accounts that the program may submit to, paused even if the backup does not know them
     * @param force move aside what is there
     * @throws OperatorException if there is a ledger and it is not forced, a program holds it, or the file is no whole
     *     backup
     * @throws IllegalStateException if the backup is of a newer program, or of other accounts
     */
    public Restored restore(Path backup, List<AccountRegistration> configured, DailyBudget daily, boolean force)
            throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw new OperatorException("There is no file " + backup);
        }
        requireFree(force);
        Files.createDirectories(ledger.getParent());
        Files.createDirectories(receipts.getParent());
        Path draft = Files.createTempDirectory(ledger.getParent(), ".restore-");
        try {
            Instant at = LedgerBackup.unpack(backup, draft);
            List<String> paused = pauseAll(LedgerBackup.ledger(draft), configured, daily, at);
            return new Restored(at, paused, put(draft));
        } finally {
            clear(draft);
        }
    }

    private void requireFree(boolean force) throws IOException {
        if (!Files.exists(ledger)) {
            return;
        }
        if (!force) {
            throw new OperatorException("There is a ledger already, " + ledger
                    + ", and it knows what was paid for; --force moves it aside");
        }
        try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // This very program has it open.
        }
        throw new OperatorException("A program holds the ledger " + ledger + "; stop it first");
    }

    private List<String> pauseAll(Path copy, List<AccountRegistration> configured, DailyBudget daily, Instant at) {
        try (HikariDataSource store = LedgerStore.open(LedgerStore.url(copy), user, password);
                Ledger restored = new JdbcLedger(store, daily)) {
            configured.forEach(restored::registerAccount);
            List<String> accounts =
                    restored.accounts().stream().map(AccountUse::account).toList();
            for (String account : accounts) {
                restored.pauseAccount(
                        account,
                        "restored from a backup of " + at
                                + ": what was submitted since is unknown; compare with the provider, then camel-ray resume"
                                + " account:" + account);
            }
            return accounts;
        }
    }

    /** At every moment there is a ledger under its name: without one, a program would begin anew and pay again. */
    private List<Path> put(Path draft) throws IOException {
        String suffix = SUFFIX.format(clock.instant());
        List<Path> aside = new ArrayList<>();
        keep(receipts, suffix).ifPresent(aside::add);
        keep(ledger, suffix).ifPresent(aside::add);
        if (Files.exists(LedgerBackup.receipts(draft))) {
            Files.move(LedgerBackup.receipts(draft), receipts, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(receipts);
        }
        Files.move(LedgerBackup.ledger(draft), ledger, StandardCopyOption.ATOMIC_MOVE);
        return List.copyOf(aside);
    }

    private static Optional<Path> keep(Path file, String suffix) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Path aside = file.resolveSibling(file.getFileName() + suffix);
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException e) {
            Files.copy(file, aside);
        }
        return Optional.of(aside);
    }

    private static void clear(Path draft) throws IOException {
        try (Stream<Path> files = Files.list(draft)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(draft);
    }
}
