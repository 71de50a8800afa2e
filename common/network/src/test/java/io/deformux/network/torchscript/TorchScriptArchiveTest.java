package io.deformux.network.torchscript;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void givesBackTheWeightsItWasWrittenWith() throws IOException {
        Weights weights = TINY.modules().randomWeights(5);
        Path file = folder.resolve("model.pt");
        TorchScriptArchive.write(file, TINY.program(), weights, Precision.FP32);

        try (TorchScriptModule network = TorchScriptModule.load(file, Device.cpu(), false)) {
            Weights read = network.weights(TINY.modules());
            assertThat(read.tensors().keySet())
                    .containsExactlyElementsOf(weights.tensors().keySet());
            weights.tensors()
                    .forEach((name, tensor) ->
                            assertThatArray(read.get(name).values()).as(name).isEqualTo(tensor.values()));
        }
    }

    @Test
    void storesBfloat16RoundedToTheNearest() throws IOException {
        Weights weights = TINY.modules().randomWeights(5);
        float[] head = weights.get("out.conv.conv.bias").values();
        head[0] = 1 + 0x1p-8f; // halfway between 1 and 1 + 2^-7: to the even one, 1
        head[1] = 1 + 3 * 0x1p-8f; // halfway between 1 + 2^-7 and 1 + 2^-6: to the even one, 1 + 2^-6
        head[2] = -(1 + 5 * 0x1p-10f); // above halfway
        Path file = folder.resolve("model.pt");
        TorchScriptArchive.write(file, TINY.program(), weights, Precision.BF16);

        try (TorchScriptModule network = TorchScriptModule.load(file, Device.cpu(), false)) {
            assertThatArray(network.weights(TINY.modules())
                            .get("out.conv.conv.bias")
                            .values())
                    .containsExactly(1, 1 + 0x1p-6f, -(1 + 0x1p-7f));
        }
    }

    @Test
    void writesTheSameBytesForTheSameWeights() throws IOException {
        Path first = folder.resolve("first.pt");
        Path second = folder.resolve("second.pt");
        TorchScriptArchive.write(first, TINY.program(), TINY.modules().randomWeights(5), Precision.FP32);
        TorchScriptArchive.write(second, TINY.program(), TINY.modules().randomWeights(5), Precision.FP32);
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void storesEveryEntryUncompressedAtAMultipleOf64Bytes() throws IOException {
        Path file = folder.resolve("model.pt");
        TorchScriptArchive.write(file, TINY.program(), TINY.modules().randomWeights(5), Precision.FP32);

        try (ZipFile zip = new ZipFile(file.toFile());
                RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long position = 0;
            for (ZipEntry entry : zip.stream().toList()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                // Local header: name length at 26, extra length at 28 (PKWARE APPNOTE 4.3.7).
                bytes.seek(position + 26);
                int name = Short.toUnsignedInt(Short.reverseBytes(bytes.readShort()));
                int extra = Short.toUnsignedInt(Short.reverseBytes(bytes.readShort()));
                long data = position + 30 + name + extra;
                assertThat(data % 64).as(entry.getName()).isZero();
                byte[] content = new byte[(int) entry.getSize()];
                bytes.seek(data);
                bytes.readFully(content);
                assertThatArray(content).isEqualTo(zip.getInputStream(entry).readAllBytes());
                position = data + entry.getSize();
            }
        }
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TorchScriptArchive.write(
                        folder.resolve("model.pt"), TINY.program(), new Weights(Map.of()), Precision.FP32))
                .withMessageContaining("missing deformuxnet_3d.downsample_layers.0.0.weight");
        assertThat(folder.resolve("model.pt")).doesNotExist();
    }
}
