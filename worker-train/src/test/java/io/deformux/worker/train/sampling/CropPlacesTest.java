package io.deformux.worker.train.sampling;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Half of the crops show foreground; some of the others lie anywhere, so that air is seen too. */
class CropPlacesTest {
    private static final Shape3 VOLUME = new Shape3(20, 16, 12);
    private static final Shape3 SIZE = new Shape3(8, 8, 8);

    @Test
    void withoutCropsAnywhereAllLieInsideAndAroundTheBody() {
        CropPlaces places = new CropPlaces(bodyInACorner(), SIZE, 0);
        RandomStream random = RandomStream.at(1);
        for (int n = 0; n < 500; n++) {
            assertThatArray(places.draw(random)).isEqualTo(new int[] {0, 0, 0});
        }
    }

    @Test
    void theWantedPartOfThemLiesAnywhereAndShowsAQuarterOfItsLengthAtTheLeast() {
        CropPlaces places = new CropPlaces(bodyInACorner(), SIZE, 0.5);
        RandomStream random = RandomStream.at(2);
        int elsewhere = 0;
        int[] least = {100, 100, 100};
        int[] most = new int[3];
        for (int n = 0; n < 40_000; n++) {
            int[] start = places.draw(random);
            elsewhere += Arrays.equals(start, new int[3]) ? 0 : 1;
            for (int axis = 0; axis < 3; axis++) {
                least[axis] = Math.min(least[axis], start[axis]);
                most[axis] = Math.max(most[axis], start[axis]);
            }
        }
        assertThat(elsewhere).as("a quarter of all").isBetween(9_700, 10_300);
        assertThatArray(least).isEqualTo(new int[] {-6, -6, -6});
        assertThatArray(most).isEqualTo(new int[] {18, 14, 10});
    }

    @Test
    void whatLiesBeyondACaseIsBackgroundAsWhatSurroundsAPatient() {
        float[] image = new float[VOLUME.length()];
        byte[] labels = new byte[VOLUME.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = n + 1;
            labels[n] = 1;
        }

        Crop crop = Crop.of(PreparedCase.of("a", VOLUME, image, labels), new int[] {-2, 10, 7}, SIZE);

        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                for (int k = 0; k < 8; k++) {
                    boolean inside = i >= 2 && j < 6 && k < 5;
                    int at = SIZE.index(i, j, k);
                    assertThat(crop.image()[at]).isEqualTo(inside ? image[VOLUME.index(i - 2, j + 10, k + 7)] : 0);
                    assertThat(crop.labels()[at]).isEqualTo((byte) (inside ? 1 : 0));
                }
            }
        }
    }

    /** Foreground in the first voxel, no background that is no air. */
    private static PreparedCase bodyInACorner() {
        float[] image = new float[VOLUME.length()];
        byte[] labels = new byte[VOLUME.length()];
        image[0] = 1;
        labels[0] = 1;
        return PreparedCase.of("a", VOLUME, image, labels);
    }
}
