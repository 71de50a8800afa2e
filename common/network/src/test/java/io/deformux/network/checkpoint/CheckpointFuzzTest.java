package io.deformux.network.checkpoint;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights in files, damaged in any way, also behind checksums that hold: tensors, or MODEL_INVALID. */
@Tag("fuzz")
class CheckpointFuzzTest {
    private static final ScratchFolder SCRATCH = new ScratchFolder();

    /** Six times the file for its values and storages, objects of a pickle, and names of a zip's directory. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(4 << 20, 1024);

    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(1, 2, List.of(1, 1, 1, 1), List.of(1, 1, 1, 1), 1, 1);

    static Stream<FuzzTarget> targets() throws IOException {
        byte[] pickle = Pickles.bytes(Pickles.dict(Map.of("w", Pickles.pair())));
        byte[] zip = Pickles.zip(pickle, Pickles.floats(1, 2));
        byte[] script = archive();
        Map<String, byte[]> entries = entries(script);
        String name = entries.keySet().stream()
                .filter(each -> each.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow();
        return Stream.of(
                target("torch-zip", List.of(zip), CheckpointFuzzTest::read),
                target("torchscript", List.of(script), CheckpointFuzzTest::read),
                target("torch-legacy", List.of(Pickles.legacy(pickle, 1, 2)), CheckpointFuzzTest::read),
                target("pickle", List.of(pickle), bytes -> read(Pickles.zip(bytes, Pickles.floats(1, 2)))),
                target("pickle-of-torchscript", List.of(entries.get(name)), bytes -> {
                    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
                    changed.put(name, bytes);
                    read(Pickles.zip(changed, ZipEntry.STORED));
                }),
                safetensors());
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInTensorsOrModelInvalid(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, FuzzTarget.Reading reading) {
        String opcodes =
                "( ) t } ] a e u s R b Q q\0 h\0 0 1 2 N . \u0081 \u0085 \u0086 \u0087 \u0088 \u008a\u00ff \u0093 \u0094"
                        + " K\0 X ccollections\nOrderedDict\n ctorch\nFloatStorage\n ctorch._utils\n_rebuild_parameter\n"
                        + " J\u00ff\u00ff\u00ff\u007f G\u007f\u00f0\0\0\0\0\0\0";
        List<byte[]> tokens = Stream.of(opcodes.split(" ")).map(Pickles::raw).toList();
        return new FuzzTarget(name, seeds, tokens, CheckpointFuzzTest::isRefusal, MEMORY, reading);
    }

    /** The header is damaged, the length before it and the values behind it are whole. */
    private static FuzzTarget safetensors() throws IOException {
        Path file = SCRATCH.path().resolve("seed.safetensors");
        SafetensorsWriter.write(file, CONFIG.modules().randomWeights(1), Precision.BF16);
        byte[] whole = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] values = Arrays.copyOfRange(whole, Long.BYTES + length, whole.length);
        byte[] header = Arrays.copyOfRange(whole, Long.BYTES, Long.BYTES + length);
        return new FuzzTarget(
                "safetensors", List.of(header), JsonTokens.all(), CheckpointFuzzTest::isRefusal, MEMORY, bytes -> {
                    ByteBuffer all = ByteBuffer.allocate(Long.BYTES + bytes.length + values.length)
                            .order(ByteOrder.LITTLE_ENDIAN);
                    read(all.putLong(bytes.length).put(bytes).put(values).array());
                });
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal
                && refusal.code() == FailureCode.MODEL_INVALID
                && refusal.getMessage().length() < 1000;
    }

    private static void read(byte[] bytes) {
        CheckpointReader.read(SCRATCH.write("weights", bytes));
    }

    private static byte[] archive() throws IOException {
        Path file = SCRATCH.path().resolve("seed.pt");
        TorchScriptArchive.write(file, CONFIG.program(), CONFIG.modules().randomWeights(1), Precision.FP32);
        return Files.readAllBytes(file);
    }

    private static Map<String, byte[]> entries(byte[] content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(SCRATCH.write("seed.zip", content).toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }
}
