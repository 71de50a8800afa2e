package io.deformux.network.checkpoint;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNet;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointReaderTest {
    private static final DeformUxNetConfig TINY =
            new DeformUxNetConfig(1, 2, List.of(2, 3, 4, 5), List.of(1, 2, 1, 1), 6, 3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"module.w", "_orig_mod.module.w", "module.model.w", "w"})
    void wrappersLeaveTheName(String name) throws IOException {
        assertThat(read(zip(Pickles.dict(Map.of(name, Pickles.pair()))))
                        .weights()
                        .tensors())
                .containsOnlyKeys("w");
    }

    @Test
    void aPrefixOfSomeNamesOnlyStays() throws IOException {
        String dict = Pickles.dict(Map.of("module.w", Pickles.pair(), "v", Pickles.pair()));
        assertThat(read(zip(dict)).weights().tensors()).containsOnlyKeys("module.w", "v");
    }

    @Test
    void zipAndLegacyGiveTheSame() throws IOException {
        String dict = Pickles.dict(Map.of("state_dict", Pickles.dict(Map.of("w", Pickles.pair())), "epoch", "K\7"));
        Checkpoint zip = read(zip(dict));
        Checkpoint legacy = read(Pickles.legacy(Pickles.bytes(dict), 1.5f, -2));
        assertThat(zip.format()).isEqualTo(CheckpointFormat.PYTORCH_ZIP);
        assertThat(legacy.format()).isEqualTo(CheckpointFormat.PYTORCH_LEGACY);
        for (Checkpoint checkpoint : List.of(zip, legacy)) {
            assertThatArray(checkpoint.weights().get("w").shape()).containsExactly(2);
            assertThatArray(checkpoint.weights().get("w").values()).containsExactly(1.5f, -2);
        }
    }

    /** A state dict of a module carries its versions as an attribute; a metric may be a number of NumPy. */
    @Test
    void whatIsBesideTheWeightsIsPassedOver() throws IOException {
        String versions = "}(" + Pickles.text("_metadata") + Pickles.ORDERED_DICT + "ub";
        String numpy = "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(" + Pickles.text("f8")
                + "\u0089\u0088tR(K\3" + Pickles.text("<")
                + "NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
                + "c_codecs\nencode\n" + Pickles.text("x") + Pickles.text("latin1") + "\u0086RtR";
        String weights = Pickles.ORDERED_DICT + "(" + Pickles.text("w") + Pickles.pair() + "u" + versions;
        Map<String, String> saved = new LinkedHashMap<>();
        saved.put("best_metric", numpy);
        saved.put("state_dict", weights);
        saved.put("ids", "}(K\1NK\2" + Pickles.pair() + "u");
        assertThat(read(zip(Pickles.dict(saved))).weights().tensors()).containsOnlyKeys("w");
    }

    /** The log of a training has a number of NumPy for each class and epoch, as of the 117 classes of TotalSegmentator. */
    @Test
    void theLogOfALongTrainingOnManyClassesIsPassedOver() throws IOException {
        Map<String, String> saved = new LinkedHashMap<>();
        saved.put("network_weights", Pickles.dict(Map.of("w", Pickles.pair())));
        saved.put("logging", "](" + Pickles.numpyNumbers((117 + 4) * 1000) + "e");
        assertThat(read(zip(Pickles.dict(saved))).weights().tensors()).containsOnlyKeys("w");
    }

    /** As {@code nnUNetTrainer.save_checkpoint} writes it: weights of the optimizer have names that are numbers. */
    @Test
    void aCheckpointOfAnNnunetTrainerGivesItsWeightsAlone() throws IOException {
        String versions = "}(" + Pickles.text("_metadata") + Pickles.ORDERED_DICT + "ub";
        String momentum = "}K\0" + Pickles.dict(Map.of("momentum_buffer", Pickles.pair())) + "s";
        String group = "](" + Pickles.dict(Map.of("lr", "G\u003f\u0084z\u00e1G\u00ae\u0014{", "params", "]K\0a")) + "e";
        Map<String, String> saved = new LinkedHashMap<>();
        saved.put(
                "network_weights",
                Pickles.ORDERED_DICT + "(" + Pickles.text("encoder.w") + Pickles.pair() + "u" + versions);
        saved.put("optimizer_state", Pickles.dict(Map.of("state", momentum, "param_groups", group)));
        saved.put("grad_scaler_state", Pickles.dict(Map.of("scale", "G@\u00f0\0\0\0\0\0\0", "_growth_tracker", "K\7")));
        saved.put(
                "logging",
                Pickles.dict(Map.of("dice_per_class_or_region", "](](" + Pickles.numpyNumbers(4) + "ee", "lrs", "]")));
        saved.put("_best_ema", "h\1h\2h\3" + Pickles.text("8 bytes!") + "h\4\u0086R\u0086R");
        saved.put("current_epoch", "M\u00e8\3");
        String plans =
                Pickles.dict(Map.of("plans_name", Pickles.text("nnUNetPlans"), "transpose_forward", "](K\0K\1K\2e"));
        saved.put(
                "init_args",
                Pickles.dict(Map.of(
                        "plans",
                        plans,
                        "fold",
                        "K\0",
                        "unpack_dataset",
                        "\u0088",
                        "device",
                        "ctorch\ndevice\n" + Pickles.text("cuda") + "\u0085R")));
        saved.put("trainer_name", Pickles.text("nnUNetTrainer"));
        saved.put("inference_allowed_mirroring_axes", "K\0K\1K\2\u0087");
        Checkpoint checkpoint = read(zip(Pickles.dict(saved)));
        assertThat(checkpoint.weights().tensors()).containsOnlyKeys("encoder.w");
        assertThatArray(checkpoint.weights().get("encoder.w").values()).containsExactly(1.5f, -2);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void ourOwnFormatsComeBackAsTheyWere(Precision precision) throws IOException {
        Weights weights = TINY.modules().randomWeights(3);
        Path archive = folder.resolve("archive");
        Path safetensors = folder.resolve("safetensors");
        TorchScriptArchive.write(archive, TINY.program(), weights, precision);
        SafetensorsWriter.write(safetensors, weights, precision);

        Checkpoint fromArchive = CheckpointReader.read(archive);
        Checkpoint fromSafetensors = CheckpointReader.read(safetensors);

        assertThat(fromArchive.format()).isEqualTo(CheckpointFormat.TORCHSCRIPT);
        assertThat(fromSafetensors.format()).isEqualTo(CheckpointFormat.SAFETENSORS);
        for (Checkpoint read : List.of(fromArchive, fromSafetensors)) {
            assertThat(read.weights().tensors().keySet())
                    .containsExactlyElementsOf(weights.tensors().keySet());
            weights.tensors().forEach((name, tensor) -> {
                Tensor actual = read.weights().get(name);
                assertThatArray(actual.shape()).isEqualTo(tensor.shape());
                assertThatArray(actual.values()).isEqualTo(stored(tensor.values(), precision));
            });
            assertThat(ConfiguredWeights.of(DeformUxNet.ARCHITECTURE, read.weights(), NetworkSettings.NONE)
                            .config())
                    .isEqualTo(TINY);
        }
    }

    @Test
    void aDamagedValueIsFoundByItsChecksum() throws IOException {
        byte[] file = zip(Pickles.dict(Map.of("w", Pickles.pair())));
        int at = new String(file, StandardCharsets.ISO_8859_1)
                .indexOf(new String(Pickles.floats(1.5f, -2), StandardCharsets.ISO_8859_1));
        file[at] ^= 1;
        refused(file, "checksum of its entry /data/0");
    }

    @Test
    void aCompressedEntryIsRefused() throws IOException {
        byte[] bomb = Pickles.bytes("N0".repeat(400_000) + "}");
        refused(Pickles.zip(Map.of("a/data.pkl", bomb), ZipEntry.DEFLATED), "/data.pkl is compressed");
    }

    @Test
    void anyOtherFileIsRefused() throws IOException {
        refused(new byte[0], "ends early");
        refused(new byte[20], "no PyTorch checkpoint");
        refused(Pickles.zip(Map.of("a/b", new byte[3]), ZipEntry.STORED), "without one data.pkl");
        refused(
                Pickles.zip(Map.of("a/data.pkl", new byte[3], "b/data.pkl", new byte[3]), ZipEntry.STORED),
                "without one data.pkl");
        refused(Pickles.raw("\u0080\2N.".repeat(3)), "not of PyTorch");
        refused(Arrays.copyOf(zip("}"), 40), "ZIP directory is damaged");
        byte[] legacy = Pickles.legacy(Pickles.bytes(Pickles.dict(Map.of("w", Pickles.pair()))), 1, 2);
        refused(Arrays.copyOf(legacy, legacy.length - 1), "ends early");
        refused(Pickles.legacy(Pickles.bytes(Pickles.dict(Map.of("w", Pickles.pair()))), 1), "1 values instead of 2");
        refused(
                Pickles.zip(Map.of("a/data.pkl", new byte[3], "a/byteorder", Pickles.raw("big")), ZipEntry.STORED),
                "high byte first");
    }

    @Test
    void noFileIsNotFound() {
        assertThatThrownBy(() -> CheckpointReader.read(folder))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(INPUT_NOT_FOUND));
    }

    private void refused(byte[] content, String reason) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(MODEL_INVALID))
                .hasMessageContaining(reason);
    }

    private Checkpoint read(byte[] content) throws IOException {
        return CheckpointReader.read(Files.write(folder.resolve("file"), content));
    }

    private static byte[] zip(String value) {
        return Pickles.zip(Pickles.bytes(value), Pickles.floats(1.5f, -2));
    }

    /** Rounded to the nearest of the values that have 8 bits of significand, ties to even. */
    private static float[] stored(float[] values, Precision precision) {
        float[] stored = values.clone();
        for (int n = 0; n < stored.length && precision != Precision.FP32; n++) {
            int digits = precision == Precision.BF16 ? 7 : 10;
            int lowest = precision == Precision.BF16 ? Float.MIN_EXPONENT : -14;
            double unit = Math.scalb(1.0, Math.max(Math.getExponent(stored[n]), lowest) - digits);
            stored[n] = (float) (Math.rint(stored[n] / unit) * unit);
        }
        return stored;
    }
}
