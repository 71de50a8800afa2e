package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.library.ArithmeticKind;
import io.deformux.network.proof.Noise;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.weights.Weights;
import io.deformux.testing.JavaCommand;
import io.deformux.testing.SpoiledLibtorch;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a library that computes wrong, as on machines that hide the sizes of their caches: what is computed without a guard is
 * wrong or the end of its process, what is computed with it is what a right library computes. Each in a process of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyLibraryTest {
    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(1, 4, List.of(8, 16, 16, 32), List.of(1, 1, 1, 1), 48, 3);
    private static final Weights WEIGHTS = LivelyWeights.random(CONFIG, 4);
    private static final int SIZE = 32;
    private static final int VOXELS = SIZE * SIZE * SIZE;
    private static final double ALIKE = 0.9999;
    private static final Pattern FAILED = Pattern.compile("\"passed\"\\s*:\\s*false");

    @TempDir
    private static Path folder;

    private Optional<SpoiledLibtorch> library;
    private Path labels;
    private Path gradients;

    @BeforeAll
    void runWithTheGuard() throws IOException, InterruptedException {
        library = SpoiledLibtorch.in(Files.createDirectory(folder.resolve("library")));
        assumeTrue(library.isPresent(), "another libtorch");
        labels = folder.resolve("labels");
        gradients = folder.resolve("gradients");
        int exit = run("guarded", labels, gradients);
        assertThat(exit).as(printed("guarded")).isZero();
    }

    @Test
    void withTheGuardLabelsAndGradientsAreThoseOfARightLibrary() throws IOException {
        try (PredictingNetwork right = PredictingNetwork.of(CONFIG, WEIGHTS, Device.cpu(), Arithmetic.OWN_FP32)) {
            assertThat(alike(Files.readAllBytes(labels), labels(right))).isGreaterThanOrEqualTo(ALIKE);
        }
        float[] expected = gradients();
        float[] actual = new float[expected.length];
        ByteBuffer.wrap(Files.readAllBytes(gradients)).asFloatBuffer().get(actual);
        assertThatArray(actual).isCloseTo(expected, 1e-4);
    }

    @Test
    void withoutTheGuardLabelsAreWrongOrTheProcessDies() throws Exception {
        assumeTrue(CpuFeatures.ofThisMachine().fastBf16(), "this processor only imitates bf16");
        forgeVerdicts();
        Path wrong = folder.resolve("unguarded-labels");
        int exit = run("unguarded", wrong);

        if (exit == 0) {
            try (PredictingNetwork right =
                    PredictingNetwork.of(CONFIG, WEIGHTS, Device.cpu(), Arithmetic.LIBRARY_BF16)) {
                assertThat(alike(Files.readAllBytes(wrong), labels(right))).isLessThan(ALIKE);
            }
        }
    }

    /** What runs on the spoiled library; the second argument is where labels go, the third where gradients go. */
    public static final class Main {
        public static void main(String[] arguments) throws IOException {
            if (arguments[0].equals("guarded")) {
                if (TorchEngine.library().trusts(ArithmeticKind.FP32_GRADIENTS)) {
                    throw new IllegalStateException("this library is not spoiled");
                }
                try (ProvenNetwork network = ProvenNetwork.of(
                        way -> PredictingNetwork.of(CONFIG, WEIGHTS, Device.cpu(), way),
                        PrecisionChoice.AUTO.on(Device.cpu()),
                        SIZE,
                        SIZE,
                        SIZE,
                        7)) {
                    Files.write(Path.of(arguments[1]), labels(network));
                }
                try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
                    for (float value : gradients()) {
                        out.writeFloat(value);
                    }
                }
            } else {
                try (PredictingNetwork network =
                        PredictingNetwork.of(CONFIG, WEIGHTS, Device.cpu(), Arithmetic.LIBRARY_BF16)) {
                    Files.write(Path.of(arguments[1]), labels(network));
                }
            }
        }
    }

    private int run(String how, Path... results) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(how));
        Stream.of(results).map(Path::toString).forEach(arguments::add);
        ProcessBuilder builder = JavaCommand.of(Main.class, arguments.toArray(String[]::new))
                .with("-Xmx1g", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("hs_err.log"))
                .withModules()
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(how + ".log").toFile());
        builder.environment().remove("DEFORMUX_ARITHMETIC");
        builder.environment().put("DEFORMUX_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(library.orElseThrow().environment());
        Process process = builder.start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    /** As if the trials had found nothing, which leaves nobody to guard. */
    private void forgeVerdicts() throws IOException {
        try (Stream<Path> verdicts = Files.list(folder.resolve("cache/verdicts"))) {
            for (Path verdict : verdicts.toList()) {
                String found = Files.readString(verdict);
                assertThat(found).containsPattern(FAILED);
                Files.writeString(verdict, FAILED.matcher(found).replaceAll("\"passed\":true"));
            }
        }
    }

    private String printed(String how) {
        try {
            return Files.readString(folder.resolve(how + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class of each voxel of an image of noise. */
    private static byte[] labels(Network network) {
        byte[] labels = new byte[VOXELS];
        network.forward(Noise.of(VOXELS, 3), 1, SIZE, SIZE, SIZE, logits -> {
            for (int v = 0; v < VOXELS; v++) {
                for (byte c = 1; c < CONFIG.outChannels(); c++) {
                    if (logits.get(c * VOXELS + v) > logits.get(labels[v] * VOXELS + v)) {
                        labels[v] = c;
                    }
                }
            }
        });
        return labels;
    }

    /** Of the first parameters for a sum of the logits' squares, trained as TorchScript. */
    private static float[] gradients() {
        try (TrainableNetwork network = TrainableNetwork.ofTorchScript(CONFIG, WEIGHTS, Device.cpu())) {
            network.requireProven(2, SIZE, SIZE, SIZE, 7);
            try (NDManager scope = network.newScope();
                    GradientTape tape = new GradientTape()) {
                FloatBuffer noise = Noise.of(2 * VOXELS, 3);
                NDArray images = scope.create(noise, new Shape(2, 1, SIZE, SIZE, SIZE), DataType.FLOAT32);
                NDArray logits = network.forward(images);
                network.backward(tape, logits.mul(logits).mean());
            }
            return network.gradients().get("out.conv.conv.weight").toFloatArray();
        }
    }

    private static double alike(byte[] actual, byte[] expected) {
        int alike = 0;
        for (int v = 0; v < VOXELS; v++) {
            alike += actual[v] == expected[v] ? 1 : 0;
        }
        return alike / (double) VOXELS;
    }
}
