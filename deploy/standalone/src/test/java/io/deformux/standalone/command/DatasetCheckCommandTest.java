package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCheckCommandTest {
    private static final Geometry GRID = new Geometry(new Shape3(4, 4, 4), Affine.scaling(2, 2, 2));

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectory(folder.resolve("imagesTr"));
        Files.createDirectory(folder.resolve("labelsTr"));
    }

    @Test
    void aSoundDataSetIsCountedLabelByLabel() {
        scan("a", 50, 1, GRID);
        scan("b", 50, 0, GRID);
        assertThat(check()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .contains(
                        "layout  plain folders",
                        "cases   2",
                        "label   1 organ: 1 voxels in 1 cases",
                        "warning: case b: the label map has no voxel but background",
                        "a training can begin");
    }

    @Test
    void foldsThatADataSetBringsAreTold() throws IOException {
        scan("a", 50, 1, GRID);
        scan("b", 50, 1, GRID);
        for (String kind : List.of("images", "labels")) {
            Files.createDirectory(folder.resolve(kind + "Val"));
            Files.move(folder.resolve(kind + "Tr/b.nii.gz"), folder.resolve(kind + "Val/b.nii.gz"));
        }
        assertThat(check()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("warning: the data set brings 1 fold(s) of its own: they are trained with --folds 1;");
    }

    @Test
    void allFindingsOfAllFilesAreInOneReport() throws IOException {
        scan("nan", Float.NaN, 1, GRID);
        scan("unknown", 50, 7, GRID);
        scan("elsewhere", 50, 1, new Geometry(GRID.shape(), Affine.of(2, 0, 0, 9, 0, 2, 0, 0, 0, 0, 2, 0)));
        scan("damaged", 50, 1, GRID);
        Files.writeString(folder.resolve("imagesTr/damaged.nii.gz"), "damaged");
        scan("alone", 50, 1, GRID);
        Files.delete(folder.resolve("labelsTr/alone.nii.gz"));
        assertThat(check()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString())
                .contains("error: case nan: the image has 1 voxels that are no numbers")
                .contains("error: case unknown: unknown.nii.gz has 1 voxels of the value 7")
                .contains("(9.000, 0.000, 0.000) mm on", "up to 9.000 mm apart")
                .contains("error: case damaged: this is")
                .contains("error: the data set lacks the label map labelsTr/alone.nii.gz")
                .contains("no training can begin");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void severalImagesOfAPlainFolderAreChannels() throws IOException {
        scan("a_0000", 50, 1, GRID);
        Files.move(folder.resolve("labelsTr/a_0000.nii.gz"), folder.resolve("labelsTr/a.nii.gz"));
        Files.copy(folder.resolve("imagesTr/a_0000.nii.gz"), folder.resolve("imagesTr/a_0001.nii.gz"));
        assertThat(check()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("channel 0", "channel 1");

        Files.writeString(folder.resolve("imagesTr/a_0001.nii.gz"), "damaged");
        assertThat(check()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString()).contains("error: case a: this is");
    }

    @Test
    void aListOfImagesOfADataListIsChannels() throws IOException {
        scan("a", 50, 1, GRID);
        Files.copy(folder.resolve("imagesTr/a.nii.gz"), folder.resolve("imagesTr/other.nii.gz"));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"training": [{"image": ["imagesTr/a.nii.gz", "imagesTr/other.nii.gz"], "label": "labelsTr/a.nii.gz"}]}""");
        assertThat(check()).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("channel 0", "channel 1");
    }

    /** A value between others is none of theirs: it is in no region. */
    @Test
    void labelMapsOfRegionsHaveTheLabelsOfRegionsAlone() throws IOException {
        scan("a_0000", 50, 4, GRID);
        Files.move(folder.resolve("labelsTr/a_0000.nii.gz"), folder.resolve("labelsTr/a.nii.gz"));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "whole": [1, 4], "core": 4},
                 "regions_class_order": [1, 4], "file_ending": ".nii.gz"}""");
        assertThat(check()).as(out.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("no label map has a voxel of the label whole (rest)")
                .doesNotContain("voxel of the label label");

        scan("b_0000", 50, 3, GRID);
        Files.move(folder.resolve("labelsTr/b_0000.nii.gz"), folder.resolve("labelsTr/b.nii.gz"));
        assertThat(check()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString())
                .contains("error: case b: b.nii.gz has 1 voxels of the value 3, but the regions are made of [0, 1, 4]");
    }

    @Test
    void aFolderThatIsNotThereIsNoDataSet() throws IOException {
        Files.delete(folder.resolve("imagesTr"));
        assertThat(check()).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(out.toString()).contains("it is no training data set");
        folder = folder.resolve("none");
        assertThat(check()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    private int check() {
        return Deformux.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("dataset", "check", folder.toString(), "--labels", "background,organ");
    }

    /** One voxel of a value and of a label, the rest 50 and background. */
    private void scan(String id, float value, int label, Geometry labelGrid) {
        float[] image = new float[64];
        Arrays.fill(image, 50);
        image[9] = value;
        byte[] labels = new byte[64];
        labels[9] = (byte) label;
        new NiftiWriter().write(new Volume(GRID, image), folder.resolve("imagesTr/" + id + ".nii.gz"));
        new NiftiWriter().write(new LabelMap(labelGrid, labels), folder.resolve("labelsTr/" + id + ".nii.gz"));
    }
}
