package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {

    private static final Instant STARTED = Instant.parse("2026-11-21T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void what_killed_programs_left_is_removed_and_nothing_else() throws IOException {
        Path left = written(ScratchFile.in(folder).path(), -1);
        Path leftMark = written(PartFile.markOf(left), -1);
        Path inUse = written(ScratchFile.in(folder).path(), 1);
        Path foreign = written(folder.resolve("mug.png"), -1);

        assertThat(ScratchFolder.sweep(folder, STARTED)).isEqualTo(2);

        assertThat(left).doesNotExist();
        assertThat(leftMark).doesNotExist();
        assertThat(inUse).exists();
        assertThat(foreign).exists();
    }

    @Test
    void a_folder_that_was_never_needed_has_nothing_to_remove() throws IOException {
        assertThat(ScratchFolder.sweep(folder.resolve("none"), STARTED)).isZero();
    }

    private static Path written(Path file, int secondsAfterStart) throws IOException {
        Files.write(file, new byte[] {1});
        Instant at = STARTED.plus(Duration.ofSeconds(secondsAfterStart));
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
