package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelStore;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training without a cluster; what is wrong with a data set is a failed training and leaves no model. */
class TrainCommandTest {
    @TempDir
    private Path folder;

    private Path dataset;
    private Path output;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void phantoms() throws IOException {
        dataset = folder.resolve("dataset");
        output = folder.resolve("output");
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(dataset, 4);
    }

    @Test
    void theLastLineIsTheMeanDicePerLabelAndOverallAndAModelIsThere() {
        assertThat(train("--folds", "2")).as(out.toString()).isEqualTo(ExitCode.OK);

        String[] lines = out.toString().strip().split("\\R");
        assertThat(lines[lines.length - 1])
                .matches("mean Dice: liver .*, spleen .*, kidneys .*, aorta .*, spine .*, overall [01]\\.\\d{4}");
        assertThat(new ModelStore(output.resolve("models")).list()).singleElement();
        assertThat(output.resolve("train/fold-1")).isDirectoryContaining("glob:**/events.out.tfevents.*");
    }

    @Test
    void aDataSetThatIsNotThereIsToldAtOnceAndNotWaitedFor() throws IOException {
        StringWriter err = new StringWriter();
        int code = Deformux.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        "train",
                        "--dataset",
                        dataset.resolve("none").toString(),
                        "--folds",
                        "2",
                        "--output",
                        output.toString());
        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("INPUT_NOT_FOUND");
    }

    @Test
    void fewerCasesThanFolds() {
        failsWith("FOLDS_INVALID", "--folds", "7");
    }

    @Test
    void aLabelFileThatIsMissing() throws IOException {
        Files.delete(dataset.resolve("labelsTr/phantom_003.nii.gz"));
        failsWith("DATASET_LABEL_MISSING", "--folds", "2");
    }

    @Test
    void aLabelValueOutsideTheClasses() throws IOException {
        Path listing = dataset.resolve("dataset.json");
        Files.writeString(listing, Files.readString(listing).replace(",\"5\":\"spine\"", ""));
        failsWith("DATASET_LABEL_UNKNOWN", "--folds", "2");
    }

    @Test
    void aVolumeSmallerThanTheCrop() {
        failsWith("VOLUME_TOO_SMALL", "--folds", "2", "--roi", "64,64,64");
    }

    private void failsWith(String code, String... arguments) {
        assertThat(train(arguments)).as(out.toString()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString()).contains("the training failed: ").contains(code);
        assertThat(new ModelStore(output.resolve("models")).list()).isEmpty();
        assertThat(output.resolve("train/fold-0/model")).doesNotExist();
    }

    private int train(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--dataset",
                dataset.toString(),
                "--output",
                output.toString(),
                "--feature-sizes",
                "4,4,4,4",
                "--depths",
                "1,1,1,1",
                "--hidden",
                "8",
                "--iterations",
                "2",
                "--timeout",
                "240"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--roi")) {
            arguments.addAll(List.of("--roi", "32,32,32"));
        }
        return Deformux.commandLine().setOut(new PrintWriter(out, true)).execute(arguments.toArray(String[]::new));
    }
}
