package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.ObjectProof.NotProven;
import io.camelray.assets.ObjectProof.Proven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderStoreTest {

    @TempDir
    Path home;

    private Path root;
    private FolderStore store;

    @BeforeEach
    void folder() throws IOException {
        root = Files.createDirectory(home.resolve("out"));
        store = new FolderStore(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "../a", "a/../../b", "a/..", "./a", "a//b", "a/", "a\\b", "a\nb", "a\u0000b", ".."})
    void a_key_that_is_no_plain_path_is_refused(String key) {
        assertThatThrownBy(() -> store.resolve(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write(key, out -> out.write(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_never_leads_over_a_link_out_of_the_folder() throws IOException {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.writeString(outside.resolve("file"), "secret");
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("file"));
        Files.createSymbolicLink(root.resolve("dangling"), home.resolve("nowhere"));
        for (String key :
                new String[] {"link/a.json", "link/deeper/a.json", "link", "file", "dangling", "dangling/a"}) {
            assertThatThrownBy(() -> store.write(key, out -> out.write(1)))
                    .as(key)
                    .isInstanceOf(IOException.class);
        }
        assertThat(outside.resolve("file")).hasContent("secret");
        assertThat(outside).isDirectoryNotContaining("glob:**.json");
        assertThat(home.resolve("nowhere")).doesNotExist();
    }

    @Test
    void what_a_killed_writer_left_of_a_file_is_gone_once_the_file_is_written() throws IOException {
        assertThatThrownBy(() -> store.write("a.mp4", out -> {
                    Path draft = onlyFileIn(root);
                    Files.copy(draft, home.resolve(draft.getFileName()));
                    throw new IOException("as if killed");
                }))
                .hasMessage("as if killed");
        Path left = onlyFileIn(home);
        Files.move(left, root.resolve(left.getFileName()));
        Files.writeString(root.resolve("." + "0".repeat(16) + "-other.tmp"), "another file's");

        store.write("a.mp4", out -> out.write(1));

        assertThat(root)
                .isDirectoryContaining("glob:**/a.mp4")
                .isDirectoryContaining("glob:**other.tmp")
                .isDirectoryNotContaining(path -> path.endsWith(left.getFileName()));
    }

    @Test
    void no_two_writers_share_a_draft_and_the_later_one_removes_what_the_earlier_one_left() throws IOException {
        String longest = "d/" + "ä".repeat(125) + ".mp4";
        String first = store.newDraft(longest);
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("d").resolve(first), "half");

        String second = store.newDraft(longest);

        assertThat(second).isNotEqualTo(first).startsWith(".").hasSizeLessThan(80);
        assertThat(root.resolve("d")).isEmptyDirectory();
    }

    private static Path onlyFileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void a_link_inside_the_folder_may_be_followed() throws IOException {
        Files.createDirectory(root.resolve("real"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        store.write("link/a.txt", out -> out.write('x'));
        assertThat(root.resolve("real/a.txt")).hasContent("x");
    }

    @Test
    void the_folder_itself_may_be_a_link() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("alias"), root);
        new FolderStore(link).write("b/a.txt", out -> out.write('x'));
        assertThat(root.resolve("b/a.txt")).hasContent("x");
    }

    @Test
    void a_write_that_fails_leaves_the_old_file_and_nothing_else() throws IOException {
        store.write("d/a.txt", out -> out.write('1'));
        assertThatThrownBy(() -> store.write("d/a.txt", out -> {
                    out.write('2');
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(root.resolve("d/a.txt")).hasContent("1");
        assertThat(root.resolve("d").toFile().list()).containsExactly("a.txt");
    }

    @Test
    void a_file_is_proven_by_its_bytes_and_not_by_its_length() throws IOException {
        Path spooled = Files.writeString(home.resolve("spooled"), "hello");
        ContentDigests content = ContentDigests.of(spooled);
        assertThat(store.proves("a/x.mp4", content)).isInstanceOf(NotProven.class);
        Files.createDirectory(root.resolve("a"));
        Files.writeString(root.resolve("a/x.mp4"), "hell");
        assertThat(store.proves("a/x.mp4", content)).isInstanceOf(NotProven.class);
        Files.writeString(root.resolve("a/x.mp4"), "hallo");
        assertThat(store.proves("a/x.mp4", content)).isInstanceOf(NotProven.class);
        Files.writeString(root.resolve("a/x.mp4"), "hello");
        assertThat(store.proves("a/x.mp4", content)).isInstanceOf(Proven.class);
    }
}
