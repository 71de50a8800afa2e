package io.deformux.network.checkpoint;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/**
 * Whatever happens to a file, reading it gives tensors or MODEL_INVALID, in bounded time and memory. The files are our
 * own and, where they are there, those that PyTorch wrote.
 */
class CheckpointMutationTest {
    private static final List<byte[]> FILES = new ArrayList<>();
    private static final List<byte[]> ZIPS = new ArrayList<>();
    private static Path file;

    @BeforeContainer
    static void collectFiles() throws IOException {
        file = Files.createTempFile("mutation", ".pth");
        DeformUxNetConfig config = new DeformUxNetConfig(1, 2, List.of(1, 1, 1, 1), List.of(1, 1, 1, 1), 1, 1);
        TorchScriptArchive.write(file, config.program(), config.modules().randomWeights(1), Precision.FP32);
        FILES.add(Files.readAllBytes(file));
        SafetensorsWriter.write(file, config.modules().randomWeights(1), Precision.BF16);
        FILES.add(Files.readAllBytes(file));
        FILES.add(Pickles.legacy(Pickles.bytes(Pickles.dict(Map.of("w", Pickles.pair()))), 1, 2));
        for (String name : List.of("pth/variety_zip.pth", "pth/variety_legacy.pth", "net/tiny_weights_legacy.pth")) {
            try {
                FILES.add(Files.readAllBytes(Fixtures.fixture(name)));
            } catch (TestAbortedException absent) {
                // The files made here remain.
            }
        }
        FILES.stream().filter(content -> content[0] == 'P').forEach(ZIPS::add);
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 600)
    void damagedFile(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = FILES.get(random.nextInt(FILES.size())).clone();
        damage(content, random.nextBoolean() ? content.length : Math.min(content.length, 4096), random);
        readOrRefuse(random.nextInt(3) == 0 ? Arrays.copyOf(content, random.nextInt(content.length)) : content);
    }

    /** The checksums hold, so the damage reaches the pickle machine. */
    @Property(tries = 1500)
    void damagedPickle(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, byte[]> entries = entries(ZIPS.get(random.nextInt(ZIPS.size())));
        entries.replaceAll((name, bytes) -> {
            if (name.endsWith("data.pkl")) {
                damage(bytes, bytes.length, random);
            }
            return bytes;
        });
        readOrRefuse(Pickles.zip(entries, ZipEntry.STORED));
    }

    private static void damage(byte[] content, int within, Random random) {
        for (int n = random.nextInt(6); n >= 0; n--) {
            int at = random.nextInt(within);
            switch (random.nextInt(4)) {
                case 0 -> content[at] = (byte) random.nextInt(256);
                case 1 -> content[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> content[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                default -> {
                    int from = random.nextInt(within);
                    int length = Math.min(random.nextInt(32), within - Math.max(at, from));
                    System.arraycopy(content, from, content, at, length);
                }
            }
        }
    }

    private static void readOrRefuse(byte[] content) throws IOException {
        Files.write(file, content);
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            try {
                Weights weights = CheckpointReader.read(file).weights();
                long values = weights.tensors().values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum();
                assertThat(values).isLessThanOrEqualTo(content.length + (1 << 20));
            } catch (JobException refusal) {
                assertThat(refusal.code()).isEqualTo(MODEL_INVALID);
                assertThat(refusal.getMessage()).hasSizeLessThan(1000);
            }
        });
    }

    private static Map<String, byte[]> entries(byte[] content) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        Files.write(file, content);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }
}
