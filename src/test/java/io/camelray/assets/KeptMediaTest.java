package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.MediaRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMediaTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir
    Path home;

    private Path written(String name, Duration age) throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(home.resolve("assets")).resolve(name), "x");
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    @Test
    void only_old_halves_of_copies_are_swept() throws IOException {
        Path old = written("keep123.part", Duration.ofDays(2));
        Path young = written("keep456.part", Duration.ofHours(1));
        Path kept = written("0".repeat(64) + ".png", Duration.ofDays(400));

        assertThat(new KeptMedia(home.resolve("assets")).sweep(NOW.minus(Duration.ofDays(1))))
                .isEqualTo(1);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(kept).exists();
    }

    @Test
    void a_copy_is_kept_whole_or_not_at_all() throws IOException {
        Path photo = Files.writeString(home.resolve("mug.PNG"), "a mug");
        MediaRef.LocalFile ref =
                new MediaRef.LocalFile("mug.PNG", ContentDigests.of(photo).sha256());
        KeptMedia media = new KeptMedia(home.resolve("assets"));

        media.keep(ref, photo);

        assertThat(media.folder().resolve(media.find(ref).path())).hasContent("a mug");
        Path changed = Files.writeString(home.resolve("mug.PNG"), "another mug");
        MediaRef.LocalFile other = new MediaRef.LocalFile("mug.PNG", "f".repeat(64));
        assertThatThrownBy(() -> media.keep(other, changed)).hasMessageContaining("changed while it was planned");
        assertThat(media.folder()).isDirectoryContaining("glob:**.png").isDirectoryNotContaining("glob:**.part");
    }
}
