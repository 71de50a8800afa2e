package io.deformux.standalone.demo;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import org.junit.jupiter.api.Test;

/** The generated scan looks like an abdomen, is repeatable, and differs from seed to seed. */
class PhantomTest {
    private static final Shape3 SHAPE = new Shape3(64, 56, 40);
    private static final double[] SPACING = {5, 5, 5};

    @Test
    void everyOrganIsThereAndAsBrightAsItShouldBe() {
        Phantom phantom = Phantom.generate(SHAPE, SPACING, 1);

        long[] counts = phantom.truth().counts();
        double[] sums = new double[Phantom.LABELS.size()];
        for (int n = 0; n < phantom.volume().voxels().length; n++) {
            sums[phantom.truth().labels()[n]] += phantom.volume().voxels()[n];
        }

        for (int label = 1; label < Phantom.LABELS.size(); label++) {
            assertThat(counts[label]).as(Phantom.LABELS.get(label)).isGreaterThan(50);
            assertThat(sums[label] / counts[label])
                    .as(Phantom.LABELS.get(label))
                    .isBetween(90.0, 470.0);
        }
    }

    @Test
    void theLiverLiesOnThePatientsRight() {
        LabelMap truth = Phantom.generate(SHAPE, SPACING, 1).truth();
        double right = 0;
        int n = 0;
        for (int i = 0; i < SHAPE.d(); i++) {
            for (int j = 0; j < SHAPE.h(); j++) {
                for (int k = 0; k < SHAPE.w(); k++) {
                    if (truth.at(i, j, k) == 1) {
                        right += truth.geometry().affine().apply(i, j, k)[0];
                        n++;
                    }
                }
            }
        }
        assertThat(right / n).as("mean RAS x of the liver in mm").isGreaterThan(20);
    }

    @Test
    void theSeedDecides() {
        assertThatArray(Phantom.generate(SHAPE, SPACING, 2).volume().voxels())
                .isEqualTo(Phantom.generate(SHAPE, SPACING, 2).volume().voxels())
                .isNotEqualTo(Phantom.generate(SHAPE, SPACING, 3).volume().voxels());
    }
}
