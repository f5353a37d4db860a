package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.assets.DropPrefix.Dropped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** What is dropped into a bucket may be replaced at any time: what was listed is what is read, and what is taken away. */
class DropPrefixTest {

    @TempDir
    static Path store;

    @TempDir
    Path folder;

    private static LocalS3 s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = LocalS3.start(store);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static DropPrefix below(String prefix) {
        return new DropPrefix(s3.client(), LocalS3.BUCKET, prefix);
    }

    private static void put(String key, String content) {
        s3.client().putObject(request -> request.bucket(LocalS3.BUCKET).key(key), RequestBody.fromString(content));
    }

    @Test
    void only_what_lies_directly_below_the_prefix_is_listed() throws IOException {
        put("list/inbox/a.yaml", "a");
        put("list/inbox/data/b.csv", "b");
        put("list/accepted/c.yaml", "c");

        assertThat(below("list/inbox/").list()).extracting(Dropped::name).containsExactly("a.yaml");
        assertThat(below("list/inbox/").find("data/b.csv")).isPresent();
        assertThat(below("list/inbox/").find("data/c.csv")).isEmpty();
    }

    @Test
    void an_object_that_was_replaced_since_it_was_listed_is_neither_read_nor_copied_nor_removed() throws IOException {
        put("old/a.yaml", "the first");
        DropPrefix drops = below("old/");
        Dropped first = drops.list().get(0);
        put("old/a.yaml", "the second");

        assertThat(drops.download(first, 1000, folder.resolve("a"))).isFalse();
        assertThat(drops.start(first, 10)).isEmpty();
        assertThat(drops.copy(first, "old-copy")).isFalse();
        assertThat(drops.remove(first)).isFalse();

        Dropped second = drops.list().get(0);
        assertThat(drops.download(second, 1000, folder.resolve("a"))).isTrue();
        assertThat(folder.resolve("a")).hasContent("the second");
        assertThat(drops.start(second, 5))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("the s"));
        assertThat(drops.copy(second, "old-copy")).isTrue();
        assertThat(drops.remove(second)).isTrue();
        assertThat(drops.list()).isEmpty();
        assertThat(drops.download(second, 1000, folder.resolve("a"))).isFalse();
        assertThat(drops.remove(second)).isTrue();
        assertThat(drops.exists("old-copy")).isTrue();
    }

    @Test
    void never_more_is_read_of_an_object_than_was_asked_for() throws IOException {
        put("long/a.yaml", "x".repeat(500_000));

        below("long/").download(below("long/").list().get(0), 100_000, folder.resolve("a"));

        assertThat(Files.size(folder.resolve("a"))).isEqualTo(100_000);
    }

    @Test
    void a_bucket_that_is_not_there_is_told_of() {
        assertThatThrownBy(() -> new DropPrefix(s3.client(), "no-such-bucket", "").list())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("s3://no-such-bucket/")
                .hasMessageContaining("404");
    }
}
