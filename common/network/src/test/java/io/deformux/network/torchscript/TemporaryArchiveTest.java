package io.deformux.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryArchiveTest {
    @TempDir
    Path folder;

    @Test
    void isGoneAfterTheLoad() throws IOException {
        Path file;
        try (TemporaryArchive archive = TemporaryArchive.in(folder)) {
            file = archive.file();
            assertThat(file).exists();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void whatAKilledProcessHasLeftGoesAfterAnHourAndNothingElseDoes() throws IOException {
        Path left = aged(Files.createFile(folder.resolve("deformux-module-1.pt")), Duration.ofMinutes(61));
        Path inUse = aged(Files.createFile(folder.resolve("deformux-module-2.pt")), Duration.ofMinutes(59));
        Path other = aged(Files.createFile(folder.resolve("model.pt")), Duration.ofMinutes(61));

        TemporaryArchive.in(folder).close();

        assertThat(left).doesNotExist();
        assertThat(inUse).exists();
        assertThat(other).exists();
    }

    private static Path aged(Path file, Duration age) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
