package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One scan on the command line. */
class SegmentCommandTest {
    private static final String TERMINAL = "deformux.output.terminal";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void makeInputs() throws IOException {
        RandomModelFixture.tiny(folder.resolve("model"));
        Shape3 shape = new Shape3(40, 40, 24);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = n % 97 * 10 - 500;
        }
        new NiftiWriter()
                .write(new Volume(new Geometry(shape, Affine.scaling(1, 1, 3)), voxels), folder.resolve("ct.nii"));
    }

    @AfterEach
    void nobodyLooksOn() {
        System.clearProperty(TERMINAL);
    }

    private String segmented(String... more) {
        String[] arguments = new String[9 + more.length];
        String[] first = {"segment", "--input", "ct.nii", "--model", "model", "--output", "out", "--scratch", "scratch"
        };
        for (int n = 0; n < first.length; n++) {
            arguments[n] = n > 0 && n % 2 == 0 ? folder.resolve(first[n]).toString() : first[n];
        }
        System.arraycopy(more, 0, arguments, first.length, more.length);

        int exit = Deformux.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);

        assertThat(exit).isEqualTo(ExitCode.OK);
        return out.toString();
    }

    @Test
    void aProgramGetsTheEventAndFilesLieMeanwhileWhereTheOptionSays() {
        String json = segmented("--outputs=probabilities", "--probability-type=uint16");

        SegmentationCompleted completed = (SegmentationCompleted)
                new EventCodec().fromJson(SegmentationCompleted.TYPE, json.getBytes(StandardCharsets.UTF_8));
        assertThat(completed.outputs())
                .extracting(OutputFile::role)
                .contains("label-map", "probabilities")
                .doesNotContain("measurements");
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aPersonGetsASummary() {
        System.setProperty(TERMINAL, "true");

        assertThat(segmented("--outputs=label-map")).contains("label-map: ").doesNotContain("{");
    }
}
