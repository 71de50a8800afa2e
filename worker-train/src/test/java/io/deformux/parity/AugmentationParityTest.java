package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.sampling.AffineWarp;
import io.deformux.worker.train.sampling.Crop;
import io.deformux.worker.train.sampling.CropCentres;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code augment/}: where crops lie, what they hold, and affine warps of images and labels. */
@Tag("parity")
class AugmentationParityTest {

    @TestFactory
    List<DynamicTest> affineWarps() {
        JsonNode json = Fixtures.json("augment/augment.json");
        List<DynamicTest> tests = new ArrayList<>();
        json.get("affine")
                .properties()
                .forEach(entry -> tests.add(DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> check(
                                Fixtures.npz("augment/affine_" + entry.getKey() + ".npz"),
                                entry.getValue().get("rotate_params_rad"),
                                entry.getValue().get("scale_params")))));
        json.get("rand_affined")
                .properties()
                .forEach(entry -> tests.add(DynamicTest.dynamicTest(
                        "random " + entry.getKey(),
                        () -> check(
                                Fixtures.npz("augment/rand_affined_" + entry.getKey() + ".npz"),
                                entry.getValue().get("drawn_rotate_params"),
                                entry.getValue().get("drawn_scale_params")))));
        return tests;
    }

    private static void check(Npz npz, JsonNode angles, JsonNode scales) {
        AffineWarp warp = AffineWarp.of(doubles(angles), doubles(scales));
        double[] affine = npz.get("affine").doubles();
        for (int n = 0; n < 9; n++) {
            assertThat(warp.matrix()[n]).isCloseTo(affine[n / 3 * 4 + n % 3], within(1e-6));
        }
        Crop in = new Crop(
                shape(npz.get("image")),
                npz.get("image").floats(),
                bytes(npz.get("label").ints()));

        Crop out = warp.apply(in, shape(npz.get("image_out")));

        assertThatArray(out.image()).isCloseTo(npz.get("image_out").floats(), 1e-5);
        int[] expected = npz.get("label_out").ints();
        int wrong = 0;
        for (int n = 0; n < expected.length; n++) {
            boolean compare = !npz.has("label_compare_mask")
                    || npz.get("label_compare_mask").at(n) > 0;
            wrong += compare && out.labels()[n] != expected[n] ? 1 : 0;
        }
        assertThat(wrong)
                .as("wrong labels")
                .isLessThanOrEqualTo(npz.has("label_compare_mask") ? 0 : expected.length / 1000);
    }

    @Test
    void cropsMayBeCentredOnTheReferencesVoxels() {
        Npz npz = Fixtures.npz("augment/crop_indices.npz");
        CropCentres centres = new CropCentres(prepared(npz));

        assertThat(IntStream.range(0, centres.foregrounds()).map(centres::foreground))
                .containsExactly(boxed(npz.get("fg_indices").ints()));
        assertThat(IntStream.range(0, centres.backgrounds()).map(centres::background))
                .containsExactly(boxed(npz.get("bg_indices").ints()));
    }

    @TestFactory
    List<DynamicTest> centresAreMovedInside() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : Fixtures.json("augment/augment.json").get("crop").get("centre_table")) {
            tests.add(DynamicTest.dynamicTest(row.get("volume") + " at " + row.get("picked"), () -> {
                Shape3 volume = Shape3.of(ints(row.get("volume")));
                int[] picked = ints(row.get("picked"));

                int[] start = CropCentres.start(
                        volume, Shape3.of(ints(row.get("size"))), volume.index(picked[0], picked[1], picked[2]));

                assertThatArray(start).isEqualTo(ints(row.get("start")));
            }));
        }
        return tests;
    }

    @Test
    void cropsHoldTheReferencesVoxels() {
        Npz crops = Fixtures.npz("augment/crop_example.npz");
        PreparedCase from = prepared(Fixtures.npz("augment/crop_indices.npz"));
        JsonNode used = Fixtures.json("augment/augment.json").get("crop").get("example_centers_used");
        for (int n = 0; n < used.size(); n++) {
            Shape3 size = shape(crops.get("crop" + n + "_image"));
            int[] centre = ints(used.get(n));
            int[] start = CropCentres.start(from.shape(), size, from.shape().index(centre[0], centre[1], centre[2]));

            Crop crop = Crop.of(from, start, size);

            assertThatArray(crop.image())
                    .isEqualTo(crops.get("crop" + n + "_image").floats());
            assertThatArray(crop.labels())
                    .isEqualTo(bytes(crops.get("crop" + n + "_label").ints()));
        }
    }

    private static PreparedCase prepared(Npz npz) {
        return PreparedCase.of(
                "case",
                shape(npz.get("image")),
                npz.get("image").floats(),
                bytes(npz.get("label").ints()));
    }

    private static Shape3 shape(Npz.NpyArray array) {
        return Shape3.of(array.shape());
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int n = 0; n < values.length; n++) {
            bytes[n] = (byte) values[n];
        }
        return bytes;
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    private static int[] ints(JsonNode node) {
        int[] values = new int[node.size()];
        Arrays.setAll(values, n -> node.get(n).asInt());
        return values;
    }

    private static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        Arrays.setAll(values, n -> node.get(n).asDouble());
        return values;
    }
}
