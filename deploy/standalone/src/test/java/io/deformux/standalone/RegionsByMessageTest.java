package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.evaluation.LabelScore;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.command.ExitCode;
import io.deformux.transform.LabelRegion;
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
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tumour with a core in it, as nnU-Net's regions of labels with gaps: trained by message, published, and found in a new scan.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RegionsByMessageTest {
    private static final Shape3 SHAPE = new Shape3(40, 36, 32);
    private static final int AROUND = 2;
    private static final int CORE = 5;

    @TempDir
    private Path folder;

    /** The core is bright, the tumour around it less so; labels 2 (around) and 5 (core). */
    private record Scan(Volume image, LabelMap truth) {
        static Scan of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Geometry geometry = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
            int[] centre = {10 + random.nextInt(20), 10 + random.nextInt(16), 10 + random.nextInt(12)};
            float[] image = new float[SHAPE.length()];
            byte[] labels = new byte[image.length];
            for (int n = 0; n < image.length; n++) {
                int i = n / (SHAPE.h() * SHAPE.w()) - centre[0];
                int j = n / SHAPE.w() % SHAPE.h() - centre[1];
                int k = n % SHAPE.w() - centre[2];
                int square = i * i + j * j + k * k;
                int depth = square <= 25 ? 2 : square <= 81 ? 1 : 0;
                labels[n] = (byte) (depth == 2 ? CORE : depth == 1 ? AROUND : 0);
                image[n] = (float) (20 + 80 * depth + 20 * random.nextDouble());
            }
            return new Scan(new Volume(geometry, image), new LabelMap(geometry, labels));
        }
    }

    @Test
    void nestedRegionsAreLearnedAndFound() throws IOException {
        Path dataset = dataset();
        run(
                "train",
                "--dataset",
                dataset.toString(),
                "--folds",
                "2",
                "--window=0,250",
                "--model",
                "tumours",
                "--output",
                folder.resolve("runs").toString(),
                "--iterations",
                "50",
                "--validation-interval",
                "50",
                "--crops",
                "1",
                "--learning-rate",
                "3e-3",
                "--roi",
                "32,32,32",
                "--feature-sizes",
                "4,4,8,8",
                "--depths",
                "1,1,1,1",
                "--hidden",
                "8");
        Path models = folder.resolve("runs/models");
        ModelStore store = new ModelStore(models);
        ModelManifest manifest = store.open(store.list().get(0)).manifest();
        assertThat(manifest.network().outChannels()).isEqualTo(2);
        assertThat(manifest.preset().classes())
                .containsExactly("background", "label 1", "tumour (rest)", "label 3", "label 4", "core");
        assertThat(manifest.preset().regions())
                .containsExactly(
                        new LabelRegion("tumour", AROUND, List.of(AROUND, CORE)),
                        new LabelRegion("core", CORE, List.of(CORE)));
        assertThat(manifest.provenance().at("/folds/0/dice").fieldNames())
                .toIterable()
                .as("scored by region")
                .containsExactly("tumour", "core");

        Scan scan = Scan.of(1000);
        new NiftiWriter().write(scan.image(), folder.resolve("new.nii.gz"));
        run(
                "segment",
                "--input",
                folder.resolve("new.nii.gz").toString(),
                "--model",
                models.resolve("tumours").resolve(manifest.id().version()).toString(),
                "--output",
                folder.resolve("found").toString(),
                "--outputs",
                "label-map,probabilities");

        LabelMap found = new NiftiReader(1 << 22).readLabels(named("labels.nii.gz"));
        long[] counts = found.counts();
        assertThat(counts[1] + counts[3] + counts[4]).as("labels of no region").isZero();
        List<LabelScore> scores = LabelScore.perLabel(found, scan.truth(), 6, 1);
        for (int label : new int[] {AROUND, CORE}) {
            assertThat(scores.get(label - 1).label()).isEqualTo(label);
            assertThat(scores.get(label - 1).dice()).as("label " + label).isGreaterThan(0.7);
        }
        Volume tumour = new NiftiReader(1 << 22).read(named("tumour__rest_.nii.gz"));
        for (int n = 0; n < found.labels().length; n++) {
            if (scan.truth().labels()[n] == CORE && found.labels()[n] == CORE) {
                assertThat(tumour.voxels()[n])
                        .as("the core is a part of the tumour")
                        .isGreaterThan(0.3f);
            }
        }
    }

    private Path named(String end) throws IOException {
        try (var files = Files.walk(folder.resolve("found"))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path dataset() throws IOException {
        Path dataset = folder.resolve("dataset");
        Files.createDirectories(dataset.resolve("imagesTr"));
        Files.createDirectories(dataset.resolve("labelsTr"));
        for (int n = 0; n < 6; n++) {
            Scan scan = Scan.of(n);
            new NiftiWriter().write(scan.image(), dataset.resolve("imagesTr/case" + n + "_0000.nii.gz"));
            new NiftiWriter().write(scan.truth(), dataset.resolve("labelsTr/case" + n + ".nii.gz"));
        }
        Files.writeString(
                dataset.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "tumour": [2, 5], "core": [5]},
                 "regions_class_order": [2, 5], "numTraining": 6, "file_ending": ".nii.gz"}""");
        return dataset;
    }

    private static void run(String... arguments) {
        StringWriter said = new StringWriter();
        int code = Deformux.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
        assertThat(code).as(said.toString()).isEqualTo(ExitCode.OK);
    }
}
