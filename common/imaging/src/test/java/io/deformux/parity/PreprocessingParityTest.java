package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.parity.Npz.NpyArray;
import io.deformux.transform.CropBox;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code preproc/}: preprocessing and its inverse against the reference, every stage. */
@Tag("parity")
class PreprocessingParityTest {

    @TestFactory
    Stream<DynamicContainer> preprocessingAndInverse() {
        JsonNode cases = Fixtures.json("preproc/preproc.json");
        return StreamSupport.stream(((Iterable<String>) cases::fieldNames).spliterator(), false)
                .map(name -> dynamicContainer(name, stages(name, cases.get(name))));
    }

    private static Stream<DynamicNode> stages(String name, JsonNode settings) {
        Npz npz = Fixtures.npz("preproc/" + name + "/expected.npz");
        Preset preset = Preset.named(settings.get("dataset").asText()).orElseThrow();
        NpyArray raw = npz.get("raw_scaled");
        Affine affine = Affine.of(npz.get("affine_input").doubles());
        Volume scan = new Volume(new Geometry(Shape3.of(raw.shape()), affine), raw.floats());
        Preprocessed preprocessed = new Preprocessing(preset, 1_000_000).apply(scan);
        Stream.Builder<DynamicNode> stages = Stream.builder();
        if (!preset.spacing().isEmpty()) {
            stages.add(dynamicTest("resampled", () -> {
                Volume resampled = preprocessed.grids().resampler(scan).volume();
                NpyArray expected = npz.get("after_Spacingd");
                assertThat(resampled.geometry().shape()).isEqualTo(Shape3.of(expected.shape()));
                assertClose(resampled.voxels(), expected.floats(), 5e-3);
                assertClose(resampled.geometry().affine(), npz.get("affine_after_Spacingd"));
            }));
        }
        return stages.add(dynamicTest(
                        "oriented affine",
                        () -> assertClose(
                                preprocessed.grids().oriented().affine(), npz.get("affine_after_Orientationd"))))
                .add(dynamicTest("crop box", () -> {
                    CropBox box = preprocessed.foreground().orElseThrow().box();
                    for (int axis = 0; axis < 3; axis++) {
                        assertThat(box.start(axis))
                                .isEqualTo(npz.get("crop_start").ints()[axis]);
                        assertThat(box.end(axis)).isEqualTo(npz.get("crop_end").ints()[axis]);
                    }
                }))
                .add(dynamicTest(
                        "image",
                        () -> assertClose(
                                preprocessed.foreground().orElseThrow().image(),
                                npz.get("image").floats(),
                                2e-5)))
                .add(dynamicTest("label", () -> assertLabels(restored(preprocessed, npz.get("logits")), npz)))
                .build();
    }

    private static LabelMap restored(Preprocessed preprocessed, NpyArray logits) {
        int[] shape = logits.shape();
        int plane = shape[2] * shape[3];
        float[] values = logits.floats();
        LabelRestoration restoration = LabelRestoration.of(
                preprocessed.grids(), preprocessed.foreground().orElseThrow().box(), shape[0]);
        for (int i = 0; i < shape[1]; i++) {
            float[] slice = new float[shape[0] * plane];
            for (int c = 0; c < shape[0]; c++) {
                System.arraycopy(values, (c * shape[1] + i) * plane, slice, c * plane, plane);
            }
            restoration.accept(i, slice);
        }
        return restoration.finish();
    }

    private static void assertLabels(LabelMap actual, Npz npz) {
        int[] expected = npz.get("label").ints();
        int[] mask = npz.get("compare_mask").ints();
        int wrong = 0;
        for (int n = 0; n < expected.length; n++) {
            if (mask[n] == 1 && (actual.labels()[n] & 0xff) != expected[n]) {
                wrong++;
            }
        }
        assertThat(wrong)
                .as("wrong labels of %d compared", Arrays.stream(mask).sum())
                .isZero();
        assertThat(actual.geometry().affine())
                .isEqualTo(Affine.of(npz.get("affine_input").doubles()));
    }

    private static void assertClose(Affine actual, NpyArray expected) {
        for (int n = 0; n < 12; n++) {
            assertThat(Math.abs(actual.at(n / 4, n % 4) - expected.at(n)))
                    .as("element %d of %s", n, actual)
                    .isLessThan(1e-4);
        }
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThatArray(actual).isCloseTo(expected, tolerance);
    }
}
