package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo: exit 0 only for a completed event whose outputs are there and read back. */
class DemoCommandTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aScanGoesThroughKafkaAndComesBackAsLabels(@TempDir Path folder) throws IOException {
        Path scan = folder.resolve("scan.nii.gz");
        new NiftiWriter()
                .write(
                        Phantom.generate(new Shape3(40, 36, 20), new double[] {6, 6, 8}, 1)
                                .volume(),
                        scan);
        Path outputs = folder.resolve("outputs");

        int code = demo(scan, RandomModelFixture.tiny(folder.resolve("model")).directory(), outputs);

        assertThat(out.toString())
                .contains("job id: demo-")
                .contains("event on deformux.scan.arrived: ")
                .contains("event on deformux.segmentation.result: ")
                .contains("read back: correct");
        assertThat(code).isEqualTo(ExitCode.OK);
        try (Stream<Path> files = Files.walk(outputs)) {
            Path labels = files.filter(file -> file.getFileName().toString().equals("labels.nii.gz"))
                    .findFirst()
                    .orElseThrow();
            assertThat(new NiftiReader(1 << 20).readGeometry(labels))
                    .isEqualTo(new NiftiReader(1 << 20).readGeometry(scan));
        }
    }

    @Test
    void withoutAScanItTrainsPublishesAndSegmentsByMessage() {
        int code = Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("demo", "--iterations", "2", "--timeout", "200");

        assertThat(out.toString())
                .contains("fold 0: Dice liver ")
                .contains("fold 2: Dice liver ")
                .contains("model published: phantom-organs ")
                .contains("event on deformux.segmentation.result: ")
                .containsPattern("Dice spine +[01]\\.\\d{4}")
                .doesNotContain("WRONG");
        assertThat(code).isEqualTo(ExitCode.OK);
    }

    @Test
    void aBadScanIsAFailedJob(@TempDir Path folder) throws IOException {
        Path scan = Files.writeString(folder.resolve("scan.nii"), "not a scan");

        int code = demo(scan, RandomModelFixture.tiny(folder.resolve("model")).directory(), folder.resolve("outputs"));

        assertThat(code).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString()).contains("the job failed: ");
    }

    private int demo(Path scan, Path model, Path outputs) {
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "demo",
                        "--input",
                        scan.toString(),
                        "--model",
                        model.toString(),
                        "--output",
                        outputs.toString(),
                        "--timeout",
                        "120");
    }
}
