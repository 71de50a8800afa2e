package io.deformux.worker.train.sampling;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiWriter;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.TrainingCase;
import io.deformux.worker.train.preparation.PreparationCache;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch follows from its number alone; every epoch sees every case; crops are balanced and varied within bounds. */
class CropSamplerTest {
    private static final Shape3 SIZE = new Shape3(4, 4, 4);

    @TempDir
    Path folder;

    @Test
    void anIterationGivesTheSameCropsWheneverItIsAsked() {
        List<Crop> first = sampler(3, 7).crops(1000);
        CropSampler other = sampler(3, 7);
        other.crops(5);

        List<Crop> again = other.crops(1000);

        assertThat(again).hasSize(2);
        for (int n = 0; n < 2; n++) {
            assertThatArray(again.get(n).image()).isEqualTo(first.get(n).image());
            assertThatArray(again.get(n).labels()).isEqualTo(first.get(n).labels());
        }
        assertThatArray(sampler(3, 8).crops(1000).get(0).image())
                .as("another seed")
                .isNotEqualTo(first.get(0).image());
    }

    @Test
    void everyEpochGoesThroughAllCasesOnce() {
        // Case n has the intensity n + 1 everywhere.
        CropSampler sampler = new CropSampler(cases(5), SIZE, 1, 1, 0, Augmentation.NONE, 3);
        Set<List<Integer>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            List<Integer> order = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                order.add((int) sampler.crops(epoch * 5 + n).get(0).image()[0]);
            }
            assertThat(order).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
            orders.add(order);
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void halfOfTheCropsAreCentredOnForeground() {
        CropCentres centres = new CropCentres(cases(1).get(0));
        RandomStream random = RandomStream.at(11);
        int foreground = 0;
        for (int n = 0; n < 2000; n++) {
            foreground += centres.draw(random.coin(), random) == 0 ? 1 : 0;
        }
        assertThat(foreground).as("the one foreground voxel of 512").isBetween(900, 1100);
    }

    @Test
    void backgroundThatIsCentredOnIsNoAirWhateverAirIsScaledTo() throws IOException {
        Geometry cube = new Geometry(SIZE, Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
        float[] hu = new float[64];
        Arrays.fill(hu, -1000);
        hu[0] = 40;
        hu[63] = 50;
        byte[] labels = new byte[64];
        labels[0] = 1;
        new NiftiWriter().write(new Volume(cube, hu), folder.resolve("ct.nii.gz"));
        new NiftiWriter().write(new LabelMap(cube, labels), folder.resolve("labels.nii.gz"));
        TrainingCase ct = new TrainingCase(
                "ct", List.of(folder.resolve("ct.nii.gz")), 1, folder.resolve("labels.nii.gz"), OptionalInt.empty());
        Preset preset =
                new Preset("auto", List.of(), new ClippedScore(-900, 100, 30, 20), List.of("background", "organ"));

        CropCentres centres = new CropCentres(new PreparationCache(folder.resolve("cache"), preset, 1 << 20).get(ct));

        assertThat(centres.backgrounds()).isEqualTo(1);
        assertThat(centres.background(0)).isEqualTo(63);
    }

    @Test
    void aCaseWithOneKindOfVoxelsUsesThat() {
        float[] image = new float[64];
        byte[] labels = new byte[64];
        labels[5] = 1;
        RandomStream random = RandomStream.at(1);
        CropCentres onlyForeground = new CropCentres(PreparedCase.of("a", SIZE, image, labels));
        float[] bright = new float[64];
        bright[9] = 1;
        CropCentres onlyBackground = new CropCentres(PreparedCase.of("a", SIZE, bright, new byte[64]));

        for (int n = 0; n < 20; n++) {
            assertThat(onlyForeground.draw(random.coin(), random)).isEqualTo(5);
            assertThat(onlyBackground.draw(random.coin(), random)).isEqualTo(9);
        }
        assertThatThrownBy(() -> new CropCentres(PreparedCase.of("a", SIZE, image, new byte[64])))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VOLUME_TOO_SMALL));
    }

    @Test
    void casesSmallerThanACropAreRefusedByName() {
        assertThatThrownBy(() -> new CropSampler(cases(1), new Shape3(4, 9, 4), 1, 2, 0, Augmentation.NONE, 0))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VOLUME_TOO_SMALL))
                .hasMessageContaining("case0")
                .hasMessageContaining("8x8x8");
    }

    @Test
    void allCasesThatNoCropFitsAreNamedAtOnce() {
        List<PreparedCase> cases = new ArrayList<>(cases(12));
        cases.add(PreparedCase.of("air", new Shape3(9, 9, 9), new float[729], new byte[729]));

        assertThatThrownBy(() -> new CropSampler(cases, new Shape3(4, 9, 4), 1, 2, 0, Augmentation.NONE, 0))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VOLUME_TOO_SMALL))
                .hasMessageStartingWith("case case0 has only 8x8x8 voxels")
                .hasMessageContaining("case9")
                .hasMessageEndingWith("; and 3 more: take smaller crops or leave the cases out");
        assertThatThrownBy(() ->
                        new CropSampler(cases.subList(11, 13), new Shape3(4, 9, 4), 1, 2, 0, Augmentation.NONE, 0))
                .hasMessageContaining("case11 has only")
                .hasMessageContaining("case air has no voxel");
    }

    @Test
    void theShiftComesInHalfOfTheCasesAndStaysInItsRange() {
        Crop crop = new Crop(SIZE, new float[64], new byte[64]);
        IntensityShift shiftOnly = new IntensityShift(0.1);
        int shifted = 0;
        for (int n = 0; n < 400; n++) {
            Crop varied = shiftOnly.apply(crop, RandomStream.at(5, n));
            float value = varied.image()[0];
            assertThat(value).isBetween(-0.1f, 0.1f);
            assertThatArray(varied.image()).containsOnly(value);
            shifted += value == 0 ? 0 : 1;
        }
        assertThat(shifted).isBetween(150, 250);
    }

    private static CropSampler sampler(int cases, long seed) {
        return new CropSampler(cases(cases), SIZE, 1, 2, 0, Augmentation.REFERENCE, seed);
    }

    private static List<PreparedCase> cases(int count) {
        Shape3 shape = new Shape3(8, 8, 8);
        List<PreparedCase> cases = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] image = new float[512];
            Arrays.fill(image, n + 1);
            byte[] labels = new byte[512];
            labels[0] = 1;
            cases.add(PreparedCase.of("case" + n, shape, image, labels));
        }
        return cases;
    }
}
