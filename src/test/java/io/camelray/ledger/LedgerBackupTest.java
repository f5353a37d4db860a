package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.ledger.LedgerRestore.Restored;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a ledger in use, and what a restored one lets happen. */
class LedgerBackupTest {

    private static final AccountRegistration SECOND =
            new AccountRegistration("second", ProviderName.GMI, "https://gmi.example.test", AccountLimits.DEFAULT);

    @TempDir
    Path folder;

    private Path receipts() {
        return folder.resolve("home/receipts.log");
    }

    private Path database() {
        return folder.resolve("home/ledger.mv.db");
    }

    private Path zip() {
        return folder.resolve("a 'quoted' name.zip");
    }

    private HikariDataSource store() {
        return LedgerStore.open(LedgerStore.url(database()), "sa", "");
    }

    private LedgerBackup.Made backUp(LedgerFixture fixture) throws IOException {
        return LedgerBackup.write(fixture.ledger, receipts(), zip(), Clock.systemUTC());
    }

    private Restored restore(boolean force) throws IOException {
        return new LedgerRestore(database(), receipts(), "sa", "", Clock.systemUTC())
                .restore(zip(), List.of(SECOND), daily(), force);
    }

    private static DailyBudget daily() {
        return new DailyBudget(Money.dollars("1000"), ZONE);
    }

    /** Leaves a backup behind, of which the ledger has moved on since. */
    private List<RenderId> ledgerWithBackup() throws IOException {
        Files.createDirectories(receipts().getParent());
        Files.writeString(receipts(), "the reply of before\n");
        try (HikariDataSource store = store()) {
            LedgerFixture fixture = new LedgerFixture(store, Money.dollars("1000"));
            List<RenderId> ids = fixture.planned("spring", "100", 3);
            fixture.rendering(ids.get(0));
            assertThat(backUp(fixture).bytes()).isEqualTo(Files.size(zip()));
            assertThatThrownBy(() -> backUp(fixture))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("exists already");
            fixture.rendering(ids.get(1));
            assertThatThrownBy(() -> restore(true))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("A program holds the ledger");
            fixture.ledger.close();
            return ids;
        }
    }

    @Test
    void a_restored_ledger_submits_nothing_until_a_person_has_looked() throws IOException {
        List<RenderId> ids = ledgerWithBackup();
        Files.writeString(receipts(), "the reply of after\n");
        assertThatThrownBy(() -> restore(false))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("There is a ledger already")
                .hasMessageContaining("--force");

        Restored done = restore(true);

        assertThat(done.paused()).containsExactlyInAnyOrder(ACCOUNT, "second");
        assertThat(done.aside()).hasSize(2).allSatisfy(before -> assertThat(before)
                .exists());
        assertThat(done.aside().get(0)).hasContent("the reply of after");
        assertThat(receipts()).hasContent("the reply of before");
        try (HikariDataSource store = store();
                Ledger ledger = new JdbcLedger(store, daily())) {
            assertThat(ledger.render(ids.get(0)).orElseThrow().state()).isEqualTo(RenderState.RENDERING);
            assertThat(ledger.render(ids.get(1)).orElseThrow().state())
                    .as("submitted after the backup: paid for, and not known")
                    .isEqualTo(RenderState.PLANNED);
            ledger.recordAccountMended(ACCOUNT);
            assertThat(ledger.accounts()).hasSize(2).allSatisfy(use -> assertThat(use.pausedFor())
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains("restored from a backup of " + done.at())
                            .contains("camel-ray resume account:" + use.account())));
            ledger.resumeAccount(ACCOUNT);
            assertThat(ledger.use(ACCOUNT).pausedFor()).isEmpty();
        }
        assertThat(filesBesideTheLedger()).noneMatch(name -> name.startsWith("."));
    }

    @Test
    void a_backup_is_restored_where_nothing_was() throws IOException {
        ledgerWithBackup();
        Files.delete(database());
        Files.delete(receipts());

        assertThat(restore(false).aside()).isEmpty();
        assertThat(database()).exists();
        assertThat(receipts()).hasContent("the reply of before");
    }

    @Test
    void what_is_no_whole_backup_changes_nothing() throws IOException {
        ledgerWithBackup();
        byte[] whole = Files.readAllBytes(zip());
        byte[] before = Files.readAllBytes(database());

        refused("half", Arrays.copyOf(whole, whole.length / 2), "no whole ZIP file");
        refused("a text", "campaign: x".getBytes(StandardCharsets.UTF_8), "no whole ZIP file");
        changed("manifest.json", "{\"format\": 9, \"program\": \"camel-ray 7.0\"}", "camel-ray 7.0 in format 9", whole);
        changed("receipts.log", "the reply of somebody else\n", "receipts.log is not what was packed", whole);

        assertThat(Files.readAllBytes(database())).isEqualTo(before);
        assertThat(filesBesideTheLedger()).noneMatch(name -> name.startsWith(".") || name.contains("before-restore"));
    }

    private void refused(String what, byte[] content, String why) throws IOException {
        Files.write(zip(), content);
        assertThatThrownBy(() -> restore(true))
                .as(what)
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining(why);
    }

    private void changed(String entry, String content, String why, byte[] whole) throws IOException {
        Files.write(zip(), whole);
        Path changed = folder.resolve("changed.zip");
        try (ZipFile from = new ZipFile(zip().toFile());
                OutputStream out = Files.newOutputStream(changed);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry each : from.stream().toList()) {
                to.putNextEntry(new ZipEntry(each.getName()));
                to.write(
                        each.getName().equals(entry)
                                ? content.getBytes(StandardCharsets.UTF_8)
                                : from.getInputStream(each).readAllBytes());
                to.closeEntry();
            }
        }
        refused(entry, Files.readAllBytes(changed), why);
    }

    private List<String> filesBesideTheLedger() throws IOException {
        try (var files = Files.list(database().getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
