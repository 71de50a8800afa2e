package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelStore;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSweepTest {
    @TempDir
    Path folder;

    @Test
    void whatAPodThatIsGoneHadStagedGoesWhenAnotherWorkerStarts() throws IOException {
        Path outputs = Files.createDirectory(folder.resolve("outputs"));
        Path attempt = Files.createDirectories(outputs.resolve("job-1/.attempt-gone"));
        Path staged = Files.writeString(attempt.resolve("labels.nii.gz"), "half");
        Path entry = Files.writeString(outputs.resolve(".deformux-unfinished-1"), "job-1/.attempt-gone");
        for (Path each : List.of(staged, attempt, entry)) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        }

        SegmentationRuntime.create(
                        new ModelStore(folder.resolve("models")),
                        AccessPolicy.files(List.of(), List.of(outputs)),
                        new SegmentationSettings(folder.resolve("scratch"), 1 << 22, "1.0"),
                        ComputeSettings.on("cpu"))
                .close();

        assertThat(attempt).doesNotExist();
        assertThat(outputs.resolve("job-1")).isDirectory();
    }
}
