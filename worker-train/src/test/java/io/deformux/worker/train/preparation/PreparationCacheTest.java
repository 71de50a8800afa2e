package io.deformux.worker.train.preparation;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiWriter;
import io.deformux.testing.format.NiftiBytes;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.TrainingCase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels stay on their anatomy through spacing, orientation and crop; a case is made once and never half. */
class PreparationCacheTest {
    private static final IntensityWindow WINDOW = new IntensityWindow(0, 100);

    @TempDir
    Path folder;

    /** Image and label say the same of every voxel, so they must still do so after any preparation. */
    @Test
    void labelsFollowTheImageThroughFlipsPermutationAndSpacing() {
        // Stored as (superior, left, anterior) with 2 mm; 1 mm wanted.
        Affine affine = Affine.of(0, -2, 0, 10, 0, 0, 2, 20, 2, 0, 0, 30);
        Shape3 shape = new Shape3(9, 8, 7);
        float[] image = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int i = 3; i < 7; i++) {
            for (int j = 2; j < 7; j++) {
                for (int k = 1; k < 6; k++) {
                    image[shape.index(i, j, k)] = j < 4 ? 90 : 40;
                    labels[shape.index(i, j, k)] = (byte) (j < 4 ? 2 : 1);
                }
            }
        }
        Geometry grid = new Geometry(shape, affine);

        PreparedCase prepared = cache(List.of(1.0, 1.0, 1.0)).get(scan("a", grid, image, labels));

        int brightRight = 0;
        int agree = 0;
        int clear = 0;
        for (int n = 0; n < prepared.shape().length(); n++) {
            float value = prepared.image(0, n);
            if (value > 0.85f || value > 0.35f && value < 0.45f) {
                clear++;
                agree += prepared.label(n) == (value > 0.85f ? 2 : 1) ? 1 : 0;
            }
        }
        // Axis 0 of the prepared image runs to the right; stored axis 1 to the left, so its start is at the far end.
        int right = prepared.shape()
                .index(
                        prepared.shape().d() - 3,
                        prepared.shape().h() / 2,
                        prepared.shape().w() / 2);
        brightRight += prepared.label(right);
        assertThat(clear).isGreaterThan(200);
        assertThat((double) agree / clear).isGreaterThan(0.98);
        assertThat(brightRight).isEqualTo(2);
    }

    @Test
    void withoutSpacingLabelsAreCopiedVoxelByVoxel() {
        Shape3 shape = new Shape3(5, 4, 3);
        float[] image = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = n + 1;
            labels[n] = (byte) (n % 3);
        }
        // Axis 0 runs to the left, so it is flipped.
        Geometry grid = new Geometry(shape, Affine.scaling(-1, 1, 1));

        PreparedCase prepared = cache(List.of()).get(scan("a", grid, image, labels));

        assertThat(prepared.shape()).isEqualTo(shape);
        for (int i = 0; i < 5; i++) {
            int stored = shape.index(4 - i, 1, 2);
            assertThat(prepared.image(0, shape.index(i, 1, 2))).isEqualTo(image[stored] / 100);
            assertThat(prepared.label(shape.index(i, 1, 2))).isEqualTo(labels[stored]);
        }
    }

    @Test
    void voxelsThatTheDataSetIgnoresHaveNoClassWhateverTheirValue() {
        byte[] labels = new byte[64];
        labels[5] = 1;
        labels[9] = 3;
        TrainingCase scan = scan("a", cube(), filled(50), labels);
        TrainingCase ignoring = scan.ignoring(OptionalInt.of(3));

        PreparedCase prepared = cache(List.of()).get(ignoring);

        assertThat(prepared.label(5)).isEqualTo((byte) 1);
        assertThat(prepared.label(9)).isEqualTo(LabelledVoxels.IGNORED);
        refused(scan, FailureCode.DATASET_LABEL_UNKNOWN, "the value 3");
    }

    @Test
    void aStrayValueIsUnknownAlsoWhereTheDataSetIgnoresAnother() {
        byte[] labels = new byte[64];
        labels[9] = 3;
        labels[10] = (byte) 255; // what is ignored has that value in prepared cases
        TrainingCase scan = scan("a", cube(), filled(50), labels).ignoring(OptionalInt.of(3));

        refused(scan, FailureCode.DATASET_LABEL_UNKNOWN, "1 voxels of the value 255");
    }

    @Test
    void eachChannelIsScaledByItselfOnTheGridOfTheFirst() throws IOException {
        TrainingCase first = scan("a", cube(), filled(50), new byte[64]);
        Geometry coarse = new Geometry(new Shape3(2, 2, 2), Affine.of(3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0));
        Path other = folder.resolve("other.nii.gz");
        new NiftiWriter().write(new Volume(coarse, new float[] {10, 10, 10, 10, 40, 40, 40, 40}), other);
        TrainingCase both = new TrainingCase("a", List.of(first.image(), other), 2, first.label(), OptionalInt.empty());

        PreparedCase prepared = twoChannels().get(both);

        assertThat(prepared.channels()).isEqualTo(2);
        assertThat(prepared.shape()).isEqualTo(new Shape3(4, 4, 4));
        float[] image = prepared.image();
        assertThatArray(Arrays.copyOf(image, 64)).containsOnly(0.5f);
        // From 10 to 40 in steps of 10 along the first axis, brought to mean 0 and deviation 1.
        for (int i = 0; i < 4; i++) {
            assertThat(prepared.image(1, prepared.shape().index(i, 2, 1)))
                    .isEqualTo(image[64 + 16 * i])
                    .isCloseTo((float) ((10 * i - 15) / Math.sqrt(125)), within(1e-5f));
        }
        assertThat(prepared.surroundings(0)).isZero();
        assertThat(prepared.surroundings(1)).isZero();
        float[] row = new float[3];
        prepared.image(1, 31, row, 0, 3);
        assertThatArray(row).isEqualTo(Arrays.copyOfRange(image, 95, 98));
    }

    @Test
    void whatSurroundsAPatientIsKeptOfEveryChannel() {
        TrainingCase first = scan("a", cube(), filled(50), new byte[64]);
        Preset preset = new Preset(
                "test",
                List.of(),
                List.of(
                        new ImageChannel("one", new ZScore()),
                        new ImageChannel("two", new ClippedScore(-100, 100, 20, 40)),
                        new ImageChannel("three", new ClippedScore(-50, 100, 50, 20))),
                List.of("background", "one"));
        Path image = first.image();
        TrainingCase three = new TrainingCase("a", List.of(image, image, image), 3, first.label(), OptionalInt.empty());

        PreparedCase prepared = new PreparationCache(folder.resolve("cache"), preset, 1 << 20).get(three);

        assertThat(prepared.surroundings(0)).isZero();
        assertThat(prepared.surroundings(1)).isEqualTo(-3);
        assertThat(prepared.surroundings(2)).isEqualTo(-5);
        assertThat(prepared.image(1, 5)).isEqualTo(0.75f);
    }

    @Test
    void theChannelsOfOneFileAreItsVolumes() throws IOException {
        TrainingCase single = scan("a", cube(), filled(50), new byte[64]);
        short[] values = new short[128];
        Arrays.fill(values, 0, 64, (short) 50);
        for (int n = 64; n < 128; n++) {
            values[n] = (short) (10 + (n - 64) % 4 * 10);
        }
        ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(values);
        Path file = folder.resolve("both.nii");
        NiftiBytes series = NiftiBytes.version1()
                .dim(4, 4, 4, 4, 2)
                .pixdim(1, 1, 1, 1)
                .sform(1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
                .data(data.array());
        Files.write(file, series.plain());
        TrainingCase both = new TrainingCase("a", List.of(file), 2, single.label(), OptionalInt.empty());

        PreparedCase prepared = twoChannels().get(both);

        assertThat(prepared.image(0, 40)).isEqualTo(0.5f);
        assertThat(prepared.image(1, prepared.shape().index(3, 1, 2)))
                .isCloseTo((float) (15 / Math.sqrt(125)), within(1e-5f));
        refused(
                new TrainingCase("a", List.of(file), 3, single.label(), OptionalInt.empty()),
                FailureCode.DATASET_INVALID,
                "2 image(s) and the data set has 3 channels");
        refused(
                new TrainingCase("a", List.of(single.image(), damaged()), 2, single.label(), OptionalInt.empty()),
                FailureCode.DATASET_INVALID,
                "the image of channel 1 has 1 voxels that are no numbers");
    }

    private Path damaged() {
        float[] hole = filled(50);
        hole[9] = Float.NaN;
        return scan("hole", cube(), hole, new byte[64]).image();
    }

    private PreparationCache twoChannels() {
        Preset preset = new Preset(
                "test",
                List.of(),
                List.of(new ImageChannel("CT", WINDOW), new ImageChannel("MR", new ZScore())),
                List.of("background", "one", "two"));
        return new PreparationCache(folder.resolve("cache"), preset, 1 << 20);
    }

    @Test
    void aCaseThatIsSoundForOtherRegionsIsRefusedByTheseThoughItLiesThere() {
        byte[] labels = new byte[64];
        labels[5] = 2;
        TrainingCase scan = scan("a", cube(), filled(50), labels);
        List<LabelRegion> whole = List.of(new LabelRegion("whole", 1, List.of(1, 2, 3)));
        List<LabelRegion> parts =
                List.of(new LabelRegion("rim", 1, List.of(1)), new LabelRegion("core", 3, List.of(3)));
        assertThat(regions(whole).get(scan).shape()).isEqualTo(new Shape3(4, 4, 4));

        assertThatThrownBy(() -> regions(parts).get(scan))
                .isInstanceOfSatisfying(
                        JobException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(FailureCode.DATASET_LABEL_UNKNOWN));
        assertThat(regions(whole).key())
                .as("what was kept before is found")
                .isEqualTo(regions(List.of()).key());
    }

    private PreparationCache regions(List<LabelRegion> regions) {
        Preset preset = new Preset(
                "test",
                List.of(),
                List.of(new ImageChannel("CT", WINDOW)),
                List.of("background", "one", "two", "three"),
                regions,
                NetworkAxes.RECIPE);
        return new PreparationCache(folder.resolve("cache"), preset, 1 << 20);
    }

    @Test
    void aCaseIsMadeOnceAndSharedByAllWhoAskAtTheSameTime() throws Exception {
        TrainingCase scan = scan("a", cube(), filled(50), new byte[64]);
        PreparationCache cache = cache(List.of());
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            List<Callable<PreparedCase>> asks = Stream.<Callable<PreparedCase>>generate(() -> () -> cache.get(scan))
                    .limit(8)
                    .toList();
            for (Future<PreparedCase> answer : workers.invokeAll(asks)) {
                assertThatArray(answer.get().image()).containsOnly(0.5f);
            }
        } finally {
            workers.shutdown();
        }
        List<Path> files = files();
        assertThat(files).hasSize(1);
        FileTime made = Files.getLastModifiedTime(files.get(0));
        cache.get(scan);
        assertThat(Files.getLastModifiedTime(files.get(0))).isEqualTo(made);
    }

    @Test
    void otherContentOrAnotherPresetIsPreparedAnew() throws IOException {
        TrainingCase scan = scan("a", cube(), filled(50), new byte[64]);
        cache(List.of()).get(scan);
        cache(List.of(2.0, 2.0, 2.0)).get(scan);
        scan("a", cube(), filled(60), new byte[64]);

        assertThatArray(cache(List.of()).get(scan).image()).containsOnly(0.6f);
        assertThat(files()).hasSize(3);
    }

    @Test
    void aLabelMapWhoseOriginWasRoundedIsOnTheGridAndOneThatDriftsAwayIsNot() throws IOException {
        TrainingCase rounded = scan("rounded", cube(), filled(50), new byte[64]);
        label(rounded, Affine.of(1, 0, 0, 0.04, 0, 1, 0, -0.03, 0, 0, 1, 0.02));
        assertThat(cache(List.of()).get(rounded).id()).isEqualTo("rounded");

        TrainingCase drifting = scan("drifting", cube(), filled(50), new byte[64]);
        label(drifting, Affine.of(1.09, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
        refused(drifting, FailureCode.DATASET_GEOMETRY_MISMATCH, "0.270 mm apart");
    }

    private static void label(TrainingCase each, Affine affine) throws IOException {
        new NiftiWriter().write(new LabelMap(new Geometry(new Shape3(4, 4, 4), affine), new byte[64]), each.label());
    }

    @Test
    void whatIsWrongWithACaseIsSaidWithItsName() throws IOException {
        byte[] unknown = new byte[64];
        unknown[7] = 9;
        refused(scan("bad", cube(), filled(50), unknown), FailureCode.DATASET_LABEL_UNKNOWN, "bad-label.nii.gz");
        refused(scan("dark", cube(), filled(-5), new byte[64]), FailureCode.VOLUME_TOO_SMALL, "dark");

        TrainingCase shifted = scan("shifted", cube(), filled(50), new byte[64]);
        new NiftiWriter()
                .write(
                        new LabelMap(
                                new Geometry(new Shape3(4, 4, 4), Affine.of(1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0)),
                                new byte[64]),
                        shifted.label());
        refused(shifted, FailureCode.DATASET_GEOMETRY_MISMATCH, "shifted");
        refused(shifted, FailureCode.DATASET_GEOMETRY_MISMATCH, "(5.000, 0.000, 0.000)");
        refused(shifted, FailureCode.DATASET_GEOMETRY_MISMATCH, "(0.000, 0.000, 0.000)");
        refused(shifted, FailureCode.DATASET_GEOMETRY_MISMATCH, "5.000 mm apart");

        float[] hole = filled(50);
        hole[9] = Float.NaN;
        byte[] both = new byte[64];
        both[7] = 9;
        refused(scan("hole", cube(), hole, both), FailureCode.DATASET_INVALID, "1 voxels that are no numbers");
        refused(scan("hole", cube(), hole, both), FailureCode.DATASET_INVALID, "1 voxels of the value 9");

        TrainingCase damaged = scan("damaged", cube(), filled(50), new byte[64]);
        Files.write(damaged.image(), new byte[400]);
        refused(damaged, FailureCode.INPUT_FORMAT_UNKNOWN, "damaged");
        assertThat(files()).isEmpty();
    }

    /** A map of a file without blocks ends in an InternalError there, and nobody tries that again. */
    @Test
    void aFullDiskIsAFaultOfTheOutputThatIsTriedAgain() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=600k", "none", cache.toString()) == 0, "mounts nothing here");
        try {
            Shape3 shape = new Shape3(64, 64, 64);
            float[] image = new float[shape.length()];
            Arrays.fill(image, 50);
            TrainingCase large =
                    scan("large", new Geometry(shape, Affine.scaling(1, 1, 1)), image, new byte[image.length]);
            assertThatThrownBy(() -> cache(List.of()).get(large))
                    .isInstanceOfSatisfying(JobException.class, e -> {
                        assertThat(e.code()).isEqualTo(FailureCode.STORAGE_FULL);
                        assertThat(e.code().retryable()).isTrue();
                    })
                    .hasMessageContaining("No space left on device");
            assertThat(files()).isEmpty();
        } finally {
            run("umount", cache.toString());
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private void refused(TrainingCase scan, FailureCode code, String part) {
        assertThatThrownBy(() -> cache(List.of()).get(scan))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    private PreparationCache cache(List<Double> spacing) {
        Preset preset = new Preset("test", spacing, WINDOW, List.of("background", "one", "two"));
        return new PreparationCache(folder.resolve("cache"), preset, 1 << 20);
    }

    private TrainingCase scan(String id, Geometry grid, float[] image, byte[] labels) {
        Path imageFile = folder.resolve(id + ".nii.gz");
        Path labelFile = folder.resolve(id + "-label.nii.gz");
        new NiftiWriter().write(new Volume(grid, image), imageFile);
        new NiftiWriter().write(new LabelMap(grid, labels), labelFile);
        return new TrainingCase(id, imageFile, labelFile);
    }

    private static Geometry cube() {
        return new Geometry(new Shape3(4, 4, 4), Affine.scaling(1, 1, 1));
    }

    private static float[] filled(float value) {
        float[] values = new float[64];
        Arrays.fill(values, value);
        return values;
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(folder.resolve("cache"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
