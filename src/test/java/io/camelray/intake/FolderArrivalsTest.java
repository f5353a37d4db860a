package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When a file in the inbox counts as arrived, and what becomes of those that change afterwards. */
class FolderArrivalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String MANIFEST = "campaign: mugs\nprompt: a mug\n";

    @TempDir
    Path home;

    private final Ticking clock = new Ticking();
    private Path inbox;
    private FolderArrivals arrivals;

    @BeforeEach
    void open() throws IOException {
        inbox = Files.createDirectory(home.resolve("inbox"));
        arrivals = arrivals(PATIENCE, "");
    }

    private FolderArrivals arrivals(Duration patience, String doneSuffix) {
        IntakeFolder intake = new IntakeFolder(home.resolve("no-templates"), clock);
        return new FolderArrivals(inbox, intake, new ArrivalRules(patience, doneSuffix), clock);
    }

    @Test
    void a_file_that_grows_waits_until_it_has_stayed_as_it_is() throws IOException {
        Path file = write("a.yaml", "campaign: mu");
        assertThat(arrivedAfter(Duration.ZERO)).isEmpty();
        assertThat(arrivedAfter(Duration.ofSeconds(1))).isEmpty();
        Files.writeString(file, "gs\n", StandardOpenOption.APPEND);
        assertThat(arrivedAfter(Duration.ofSeconds(1))).isEmpty();
        assertThat(arrivedAfter(Duration.ofSeconds(1))).isEmpty();
        assertThat(arrivals.isEmpty()).isFalse();

        assertThat(arrivedAfter(Duration.ofSeconds(1))).containsExactly("a.yaml");
    }

    @Test
    void an_old_time_that_was_copied_with_a_file_proves_nothing() throws IOException {
        Path file = write("a.yaml", MANIFEST);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofDays(30))));

        assertThat(arrivedAfter(Duration.ZERO)).isEmpty();
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    void without_patience_a_file_is_taken_when_it_is_first_seen() throws IOException {
        arrivals = arrivals(Duration.ZERO, "");
        write("a.yaml", MANIFEST);

        assertThat(arrivedAfter(Duration.ZERO)).containsExactly("a.yaml");
    }

    @Test
    void a_manifest_waits_for_the_data_file_that_it_names_and_that_still_grows() throws IOException {
        write("a.yaml", "campaign: a\nmatrix: {sku: {from: data/skus.csv}}\n");
        Files.createDirectory(inbox.resolve("data"));
        write("data/skus.csv", "id\n");
        arrivedAfter(Duration.ZERO);
        write("data/skus.csv", "id\nm1\n");

        assertThat(arrivedAfter(PATIENCE)).isEmpty();
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    void a_marker_says_that_a_file_has_arrived_and_goes_with_it() throws IOException {
        arrivals = arrivals(PATIENCE, ".done");
        write("a.yaml", MANIFEST);
        write("b.yaml", MANIFEST);
        assertThat(arrivedAfter(Duration.ofHours(1))).isEmpty();
        assertThat(arrivals.isEmpty()).isTrue();
        write("b.yaml.done", "");

        assertThat(arrivedAfter(Duration.ZERO)).containsExactly("b.yaml");
        assertThat(arrivals.isEmpty()).isFalse();
        take("b.yaml").fileAs(home.resolve("accepted/b.yaml"));
        assertThat(files(inbox)).containsExactly("a.yaml");
        assertThat(files(home.resolve("accepted"))).containsExactly("b.yaml");
    }

    @Test
    void what_has_its_checksum_beside_it_is_not_waited_for() throws IOException {
        arrivals = arrivals(Duration.ofHours(1), "");
        write("a.yaml.sha256", sha256(MANIFEST) + "  a.yaml\n");
        write("a.yaml", MANIFEST.substring(0, 9));
        arrivedAfter(Duration.ofSeconds(1));
        assertThat(arrivedAfter(Duration.ofSeconds(1))).isEmpty();
        write("a.yaml", MANIFEST);
        arrivedAfter(Duration.ofSeconds(1));

        assertThat(arrivedAfter(Duration.ofSeconds(1))).containsExactly("a.yaml");
        assertThat(take("a.yaml").fault()).isEmpty();
        take("a.yaml").fileAs(home.resolve("accepted/a.yaml"));
        assertThat(files(home.resolve("accepted"))).containsExactly("a.yaml", "a.yaml.sha256");
        assertThat(files(inbox)).isEmpty();
    }

    @Test
    void what_has_another_checksum_for_good_is_refused_and_says_which() throws IOException {
        write("a.yaml", MANIFEST);
        write("a.yaml.sha256", sha256("something else").toUpperCase(java.util.Locale.ROOT));
        write("b.yaml", MANIFEST);
        write("b.yaml.sha256", "abc");
        arrivedAfter(Duration.ZERO);
        assertThat(arrivedAfter(Duration.ofSeconds(1))).isEmpty();

        assertThat(arrivedAfter(Duration.ofSeconds(1))).containsExactly("a.yaml", "b.yaml");
        Violation fault = take("a.yaml").fault().orElseThrow();
        assertThat(fault.rule()).isEqualTo("checksum");
        assertThat(fault.message()).contains(sha256(MANIFEST), "a.yaml.sha256");
        assertThat(take("b.yaml").fault().map(Violation::message)).contains("'b.yaml.sha256' holds no SHA-256.");
    }

    @Test
    void one_that_is_replaced_before_it_is_read_has_yet_to_arrive() throws IOException {
        write("a.yaml", MANIFEST);
        arrivedAfter(Duration.ZERO);
        arrivedAfter(PATIENCE);
        replace("a.yaml", MANIFEST + "budget: 2\n");

        assertThat(arrivals.take(inbox.resolve("a.yaml"))).isEmpty();
        assertThat(arrivedAfter(Duration.ZERO)).isEmpty();
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    void one_that_is_replaced_after_it_was_read_stays_and_what_was_read_is_filed() throws IOException {
        Arrival first = arrived("a.yaml", MANIFEST);
        replace("a.yaml", MANIFEST + "budget: 2\n");

        first.fileAs(home.resolve("accepted/a.yaml"));

        assertThat(first.content().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .contains(MANIFEST);
        assertThat(home.resolve("accepted/a.yaml")).hasContent(MANIFEST);
        assertThat(inbox.resolve("a.yaml")).hasContent(MANIFEST + "budget: 2\n");
        assertThat(files(inbox)).containsExactly("a.yaml");
        arrivedAfter(Duration.ZERO);
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    void one_that_was_deleted_after_it_was_read_is_filed_all_the_same() throws IOException {
        Arrival gone = arrived("a.yaml", MANIFEST);
        Files.delete(inbox.resolve("a.yaml"));

        gone.fileAs(home.resolve("accepted/a.yaml"));

        assertThat(home.resolve("accepted/a.yaml")).hasContent(MANIFEST);
    }

    @Test
    void nothing_that_is_filed_already_is_overwritten() throws IOException {
        Arrival second = arrived("a.yaml", MANIFEST);
        Files.createDirectory(home.resolve("accepted"));
        Files.writeString(home.resolve("accepted/a.yaml"), "the first");

        assertThatThrownBy(() -> second.fileAs(home.resolve("accepted/a.yaml")))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);

        assertThat(home.resolve("accepted/a.yaml")).hasContent("the first");
        assertThat(files(inbox)).containsExactly("a.yaml");
    }

    @Test
    void what_a_program_had_put_aside_when_it_died_is_put_back_beside_what_came_since() throws IOException {
        write(".a.yaml.taking", MANIFEST);
        write(".b.yaml.taking", MANIFEST);
        write("b.yaml", "newer");
        assertThat(arrivals.isEmpty()).isFalse();

        arrivals.sweep();

        assertThat(files(inbox)).containsExactly("a.yaml", "b-2.yaml", "b.yaml");
        assertThat(inbox.resolve("b.yaml")).hasContent("newer");
    }

    @Test
    void a_data_file_is_taken_away_when_nothing_names_it_any_more_and_it_is_still_the_same() throws IOException {
        Path named = write("named.csv", "id\nm1\n");
        Path changed = write("changed.csv", "id\nm2\n");
        Path done = write("done.csv", "id\nm3\n");
        for (Path data : List.of(named, changed, done)) {
            arrivals.release(data, Files.copy(data, home.resolve(data.getFileName())));
        }
        write("other.yaml", "campaign: b\nmatrix: {sku: {from: named.csv}}\n");
        Files.writeString(changed, "id\nm9\n");

        arrivals.tidy();

        assertThat(files(inbox)).containsExactly("changed.csv", "named.csv", "other.yaml");
    }

    @Test
    void ten_thousand_files_come_in_the_order_of_their_arrival_so_many_at_a_time() throws IOException {
        arrivals = arrivals(Duration.ZERO, "");
        for (int i = 0; i < 10_000; i++) {
            Path file = write("m" + (9_999 - i) + ".yaml", "campaign: c" + i + "\n");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + i * 1000L));
        }
        List<String> taken = new ArrayList<>();

        for (int look = 0; look < 3; look++) {
            List<String> some = arrivedAfter(Duration.ofSeconds(1));
            assertThat(some).hasSize(FolderArrivals.AT_ONCE);
            for (String name : some) {
                Files.delete(inbox.resolve(name));
            }
            // What is dropped meanwhile comes last, however old it says that it is.
            Files.setLastModifiedTime(write("late" + look + ".yaml", MANIFEST), FileTime.fromMillis(0));
            taken.addAll(some);
        }

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3 * FolderArrivals.AT_ONCE)
                        .mapToObj(i -> "m" + (9_999 - i) + ".yaml")
                        .toList());
    }

    @Test
    void one_that_cannot_be_moved_away_is_left_alone_for_a_while_or_until_it_changes() throws IOException {
        arrived("a.yaml", MANIFEST);
        arrivals.defer(inbox.resolve("a.yaml"));
        assertThat(arrivedAfter(Duration.ofSeconds(5))).isEmpty();
        assertThat(arrivals.isEmpty()).isTrue();
        assertThat(arrivedAfter(Duration.ofSeconds(30))).containsExactly("a.yaml");

        arrivals.defer(inbox.resolve("a.yaml"));
        write("a.yaml", MANIFEST + "budget: 3\n");
        arrivedAfter(Duration.ZERO);
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    void a_folder_that_is_gone_is_told_of_and_looked_at_again_when_it_is_back() throws IOException {
        Files.delete(inbox);
        assertThatThrownBy(arrivals::look).isInstanceOf(IOException.class).hasMessageContaining("no such folder");
        assertThat(arrivals.isEmpty()).isTrue();

        Files.createDirectory(inbox);
        write("a.yaml", MANIFEST);
        arrivedAfter(Duration.ZERO);
        assertThat(arrivedAfter(PATIENCE)).containsExactly("a.yaml");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothing_is_taken_from_a_folder_that_cannot_be_written() {
        // Not even by root.
        FolderArrivals readOnly = new FolderArrivals(
                Path.of("/proc/sys"), new IntakeFolder(home, clock), new ArrivalRules(PATIENCE, ""), clock);

        assertThatThrownBy(readOnly::look).isInstanceOf(IOException.class).hasMessageContaining("make it writable");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(inbox.resolve(name), content);
    }

    private void replace(String name, String content) throws IOException {
        Path draft = Files.writeString(home.resolve("draft"), content);
        Files.move(draft, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Arrival arrived(String name, String content) throws IOException {
        write(name, content);
        arrivedAfter(Duration.ZERO);
        assertThat(arrivedAfter(PATIENCE)).contains(name);
        return take(name);
    }

    private Arrival take(String name) throws IOException {
        Optional<Arrival> taken = arrivals.take(inbox.resolve(name));
        assertThat(taken).as(name).isPresent();
        return taken.get();
    }

    private List<String> arrivedAfter(Duration time) throws IOException {
        clock.now = clock.now.plus(time);
        arrivals.look();
        return files(inbox).stream()
                .filter(name -> arrivals.hasArrived(inbox.resolve(name)))
                .toList();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
