package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.inference.Blending;
import io.deformux.inference.NetworkPredictor;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowProgress;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.nifti.NiftiReader;
import io.deformux.parity.Npz.NpyArray;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A scan through everything: preprocessing, sliding window over a network, softmax, inverse and arg max. */
@Tag("parity")
@Tag("arithmetic")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndParityTest {
    private static final Pattern WEIGHTS = Pattern.compile("(\\S+\\.npz).*config \"(\\w+)\"");

    private Npz expected;
    private JsonNode settings;
    private Foreground foreground;
    private float[] logits;
    private LabelMap labels;

    @BeforeAll
    void segment(@TempDir Path work) throws IOException {
        settings = Fixtures.json("e2e/e2e.json");
        expected = Fixtures.npz("e2e/expected.npz");
        Volume scan = new NiftiReader(1 << 24).read(Fixtures.fixture("e2e/input.nii.gz"));
        Preset preset = Preset.named(settings.get("dataset").asText()).orElseThrow();
        Preprocessed prepared = new Preprocessing(preset, 1 << 24).apply(scan);
        foreground = prepared.foreground().orElseThrow();

        Matcher weights = WEIGHTS.matcher(settings.get("weights").asText());
        assertThat(weights.find())
                .as("the settings name weights and configuration")
                .isTrue();
        NetworkSizes s = NetworkSizes.of(Fixtures.json("net/net.json").get(weights.group(2)));
        DeformUxNetConfig config = new DeformUxNetConfig(
                s.inChannels(), s.outChannels(), s.featureSizes(), s.depths(), s.hidden(), s.offsetKernel());
        Path archive = work.resolve("model.pt");
        TorchScriptArchive.write(archive, config.program(), weights(Fixtures.npz(weights.group(1))), Precision.FP32);
        Shape3 shape = foreground.box().shape();
        int plane = shape.h() * shape.w();
        logits = new float[config.outChannels() * shape.length()];
        LabelRestoration restoration = LabelRestoration.of(prepared.grids(), foreground.box(), config.outChannels());
        try (PredictingNetwork network = PredictingNetwork.load(archive, config, Device.cpu())) {
            new SlidingWindow(window(), new NetworkPredictor(network))
                    .run(
                            foreground.image(),
                            shape,
                            (i, values) -> {
                                for (int c = 0; c < config.outChannels(); c++) {
                                    System.arraycopy(values, c * plane, logits, c * shape.length() + i * plane, plane);
                                }
                                restoration.accept(i, values);
                            },
                            WindowProgress.NONE);
        }
        labels = restoration.finish();
    }

    private static Weights weights(Npz npz) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        npz.arrays().forEach((name, array) -> tensors.put(name, new Tensor(array.shape(), array.floats())));
        return new Weights(tensors);
    }

    private SlidingWindowSettings window() {
        JsonNode roi = settings.get("roi");
        return new SlidingWindowSettings(
                Shape3.of(roi.get(0).asInt(), roi.get(1).asInt(), roi.get(2).asInt()),
                settings.get("overlap").asDouble(),
                Blending.valueOf(settings.get("mode").asText().toUpperCase(Locale.ROOT)),
                SlidingWindowSettings.SIGMA_SCALE,
                settings.get("sw_batch_size").asInt(),
                false);
    }

    @Test
    void preprocessedImageAndCropAgree() {
        NpyArray image = expected.get("image");
        assertThatArray(foreground.box().shape().toArray()).isEqualTo(image.shape());
        for (int axis = 0; axis < 3; axis++) {
            assertThat(foreground.box().start(axis))
                    .isEqualTo((int) expected.get("crop_start").at(axis));
            assertThat(foreground.box().end(axis))
                    .isEqualTo((int) expected.get("crop_end").at(axis));
        }
        assertThatArray(foreground.image()).as("image").isCloseTo(image.floats(), 2e-5);
    }

    @Test
    void stitchedLogitsAgree() {
        NpyArray every = expected.get("logits.s2");
        Shape3 shape = foreground.box().shape();
        float[] actual = new float[every.size()];
        int n = 0;
        for (int c = 0; c < every.shape()[0]; c++) {
            for (int i = 0; i < shape.d(); i += 2) {
                for (int j = 0; j < shape.h(); j += 2) {
                    for (int k = 0; k < shape.w(); k += 2, n++) {
                        actual[n] = logits[c * shape.length() + shape.index(i, j, k)];
                    }
                }
            }
        }
        assertThat(n).isEqualTo(every.size());
        assertThatArray(actual).as("logits").isCloseTo(every.floats(), ForcedArithmeticTolerance.logits(3e-4));
    }

    @Test
    void labelsAgreeOnTheScansOwnGrid() {
        NpyArray label = expected.get("label");
        NpyArray mask = expected.get("compare_mask");
        assertThatArray(labels.geometry().shape().toArray()).isEqualTo(label.shape());
        int compared = 0;
        int equal = 0;
        for (int n = 0; n < label.size(); n++) {
            if (mask.at(n) == 1) {
                compared++;
                equal += label.at(n) == (labels.labels()[n] & 0xff) ? 1 : 0;
            }
        }
        assertThat((double) equal / compared)
                .as("equal labels")
                .isGreaterThanOrEqualTo(ForcedArithmeticTolerance.labels(0.999, 0.96));
    }
}
