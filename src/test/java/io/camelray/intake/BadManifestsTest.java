package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody drops, the planner answers soon, in little memory, with every error at its place, or accepts it. The
 * manifests lie in {@code bad-manifests}, with what becomes of each in {@code index.yaml} there.
 */
@Timeout(60)
class BadManifestsTest {

    /** What may be allocated for one manifest; a bomb that goes off takes far more. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int LONGEST_MESSAGE = 600;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}|[\\u202A-\\u202E\\u2066-\\u2069]");

    @TempDir
    static Path folder;

    private static MediaProbe probe;
    private static Planner planner;

    /** @param says part of what the first error says; empty: anything */
    record Case(String name, Path file, List<String> errors, String says) {

        @Override
        public String toString() {
            return name + (errors.isEmpty() ? " is accepted" : " is refused");
        }
    }

    @BeforeAll
    static void lay_out_files() throws IOException {
        BadManifests.copyTo(folder);
        for (Path family : BadManifests.families(folder)) {
            BadManifests.picturesIn(family);
        }
        probe = MediaProbe.ofFiles(
                AssetSettings.defaults(Files.createDirectory(folder.resolve("scratch"))), Clock.systemUTC());
        planner = Planner.of(
                ledger(),
                Manifests.settings(),
                RuleBook.standard(),
                PriceBooks.standard(),
                new PlanMedia(Optional.empty(), Optional.of(probe), UrlPolicy.PUBLIC, false),
                new AtOnce());
    }

    /** No manifest of the corpus says by when it is wanted. */
    private static final class AtOnce implements Estimator {

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Duration estimate(ProviderName provider, String account, List<Work> work) {
            return Duration.ZERO;
        }
    }

    private static JdbcLedger ledger() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:bad-manifests;DB_CLOSE_DELAY=-1");
        DailyBudget budget = new DailyBudget(Money.dollars("100"), ZoneOffset.UTC);
        JdbcLedger ledger = new JdbcLedger(database, LedgerClock.system(), budget);
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://api.example.com", AccountLimits.DEFAULT));
        return ledger;
    }

    @AfterAll
    static void close() {
        probe.close();
    }

    static List<Case> stored() throws IOException {
        return BadManifests.index().stream()
                .map(entry -> new Case(entry.file(), Path.of(entry.file()), entry.errors(), entry.says()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void every_error_is_told_at_its_place(Case written) throws IOException {
        check(ManifestSource.of(folder.resolve(written.file())), written.errors(), written.says());
    }

    /** What is too large for a repository, or no file that a repository keeps. */
    static Stream<Case> made() throws IOException {
        Path place = Files.createDirectories(folder.resolve("made"));
        List<Case> cases = new ArrayList<>();
        String head = "campaign: spring\nprompt: ";
        cases.add(made(place, "10000 lists deep", "campaign: spring\nmatrix: " + "[".repeat(10_000), "syntax 2:48"));
        cases.add(made(place, "10000 objects deep", "{\"a\":".repeat(10_000), "syntax 1:201"));
        cases.add(made(place, "10000 indents deep", indents(10_000), "syntax 41:41"));
        cases.add(made(place, "6000 astral characters", head + "🫖".repeat(6000) + "\n"));
        cases.add(made(place, "6001 astral characters", head + "🫖".repeat(6001) + "\n", "R06 /prompt 2:9"));
        cases.add(made(place, "6000 characters", head + "ü".repeat(6000) + "\n"));
        cases.add(made(place, "6001 characters", head + "ü".repeat(6001) + "\n", "R06 /prompt 2:9"));
        cases.add(made(place, "6001 characters by template", byTemplate(6001), "R06 /prompt 2:9"));
        cases.add(made(
                place, "4 MB of prompt", head + "x".repeat(4 << 20) + "\n", "schema /prompt 2:9", "R06 /prompt 2:9"));
        cases.add(made(place, "4 MB of brackets", "[".repeat(4 << 20), "syntax 1:41"));
        cases.add(made(place, "4 MB of one name", "? " + "x".repeat(4 << 20) + "\n: y\n", "syntax 1:3"));
        cases.add(made(place, "250000 fields", fields(250_000), "syntax 200000:9"));
        cases.add(sparse(place, "200 MB", 200L << 20));
        cases.add(sparse(place, "5 MB and a byte", (5L << 20) + 1));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(outside.resolve("a.png"), Files.readAllBytes(folder.resolve("references/a.png")));
        Files.createSymbolicLink(place.resolve("link.png"), outside.resolve("a.png"));
        Files.createSymbolicLink(place.resolve("linked"), outside);
        Files.createSymbolicLink(place.resolve("round.png"), place.resolve("round.png"));
        Files.createSymbolicLink(place.resolve("dead.png"), place.resolve("gone.png"));
        for (String link : List.of("link.png", "linked/a.png", "round.png", "dead.png")) {
            cases.add(made(
                    place,
                    "a link " + link.replace('/', ' '),
                    head + "x\nstartFrame: " + link + "\n",
                    "reference /startFrame 3:13"));
        }
        return cases.stream();
    }

    private static Case made(Path place, String name, String text, String... errors) throws IOException {
        Path file = Files.writeString(place.resolve(name.replace(' ', '-') + ".yaml"), text, StandardCharsets.UTF_8);
        return new Case(name, folder.relativize(file), List.of(errors), "");
    }

    private static Case sparse(Path place, String name, long bytes) throws IOException {
        Path file = place.resolve(name.replace(' ', '-') + ".yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return new Case(name, folder.relativize(file), List.of("syntax 1:1"), "larger than 5 MB");
    }

    private static String indents(int deep) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < deep && out.length() < 4 << 20; i++) {
            out.append(" ".repeat(i)).append("a:\n");
        }
        return out.toString();
    }

    private static String byTemplate(int length) {
        return "campaign: spring\nprompt: \"{{sku.text}}\"\nmatrix: { sku: [{ id: a, text: " + "x".repeat(length)
                + " }] }\n";
    }

    private static String fields(int many) {
        StringBuilder out = new StringBuilder("campaign: spring\n");
        for (int i = 0; i < many; i++) {
            out.append('f').append(i).append(":\n");
        }
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("made")
    void what_is_too_large_to_store_is_answered_all_the_same(Case made) throws IOException {
        check(ManifestSource.of(folder.resolve(made.file())), made.errors(), made.says());
    }

    @Test
    void every_manifest_is_in_the_index_and_the_index_is_long_enough() throws IOException {
        List<String> named =
                BadManifests.index().stream().map(BadManifests.Entry::file).toList();

        assertThat(BadManifests.files()).containsExactlyInAnyOrderElementsOf(named);
        assertThat(BadManifests.index())
                .filteredOn(entry -> !entry.errors().isEmpty())
                .hasSizeGreaterThan(200);
    }

    private static void check(ManifestSource source, List<String> expected, String says) {
        List<Violation> previewed = planner.preview(source).violations();
        long before = allocated();
        PlanResult result = planner.plan(source);

        assertThat(allocated() - before).as("bytes allocated").isLessThan(MOST_BYTES);
        List<Violation> errors = previewed.stream().filter(Violation::refuses).toList();
        assertThat(errors)
                .as("%s", errors)
                .extracting(BadManifestsTest::verdict)
                .containsExactlyElementsOf(expected);
        previewed.forEach(BadManifestsTest::speaks_plainly);
        if (expected.isEmpty()) {
            assertThat(result).isNotInstanceOf(PlanResult.Rejected.class);
            return;
        }
        assertThat(errors.get(0).message() + " " + errors.get(0).remedy()).contains(says);
        assertThat(result).isInstanceOfSatisfying(PlanResult.Rejected.class, rejected -> {
            assertThat(rejected.violations().stream().filter(Violation::refuses))
                    .extracting(BadManifestsTest::verdict)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(new String(new RejectionReport().write(source, rejected), StandardCharsets.UTF_8))
                    .contains("\"rule\"");
        });
    }

    private static String verdict(Violation error) {
        return Stream.of(
                        error.rule(),
                        error.place().pointer(),
                        error.place().line() + ":" + error.place().column())
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    private static void speaks_plainly(Violation violation) {
        assertThat(violation.message() + violation.remedy())
                .hasSizeLessThan(LONGEST_MESSAGE)
                .doesNotContain("S3CR3T", "Exception", "\tat ", System.getProperty("user.home"))
                .doesNotContainPattern(UNPRINTABLE);
        assertThat(violation.message()).matches("(?s).*[.!?)]");
        assertThat(violation.remedy()).isNotBlank();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
