package io.deformux.network.checkpoint;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.JobException;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    /** Bits by hand: 1.5 and -2 in each type. */
    @ParameterizedTest
    @CsvSource({
        "F32, 3fc00000c0000000",
        "F64, 3ff8000000000000c000000000000000",
        "F16, 3e00c000",
        "BF16, 3fc0c000",
    })
    void readsFloats(String type, String bigEndian) throws IOException {
        int size = bigEndian.length() / 4;
        ByteBuffer data = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 2; n++) {
            long bits = Long.parseUnsignedLong(bigEndian, 2 * size * n, 2 * size * (n + 1), 16);
            for (int b = 0; b < size; b++) {
                data.put((byte) (bits >>> 8 * b));
            }
        }
        Weights weights = read("{\"w\":" + entry(type, "2,1", 0, 2 * size) + "}", data.array());
        assertThatArray(weights.get("w").shape()).containsExactly(2, 1);
        assertThatArray(weights.get("w").values()).containsExactly(1.5f, -2);
    }

    /** Smallest subnormal, largest subnormal, smallest normal, largest, infinity, NaN, -0 of IEEE 754 binary16. */
    @Test
    void readsEveryKindOfHalf() throws IOException {
        short[] bits = {0x0001, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0x7e00, (short) 0x8000};
        ByteBuffer data = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(bits);
        assertThatArray(read("{\"w\":" + entry("F16", "7", 0, 14) + "}", data.array())
                        .get("w")
                        .values())
                .containsExactly(
                        5.9604645e-8f, 6.0975552e-5f, 6.1035156e-5f, 65504f, Float.POSITIVE_INFINITY, Float.NaN, -0f);
    }

    @Test
    void writesWhatTheFormatSays() throws IOException {
        Path file = folder.resolve("file");
        SafetensorsWriter.write(
                file, new Weights(Map.of("w", new Tensor(new int[] {1, 2}, new float[] {1, 2}))), Precision.FP32);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        assertThat(length % 8).isZero();
        assertThat(new String(bytes.array(), 8, length, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
        assertThat(bytes.getFloat(8 + length)).isEqualTo(1);
        assertThat(bytes.getFloat(12 + length)).isEqualTo(2);
        assertThat(bytes.limit()).isEqualTo(16 + length);
    }

    @Test
    void headersThatLieAreRefused() {
        refused("{}", 0, "no tensor");
        refused("{\"w\":" + entry("F8_E4M3", "2", 0, 2) + "}", 2, "dtype F8_E4M3");
        refused("{\"w\":" + entry("F32", "2", 0, 8) + "}", 7, "ends early");
        refused("{\"w\":" + entry("F32", "2", 0, 8) + "}", 9, "bytes after its last tensor");
        refused("{\"w\":" + entry("F32", "2", 0, 4) + "}", 8, "data_offsets of w");
        refused("{\"w\":" + entry("F32", "1", 4, 8) + "}", 8, "data_offsets of w");
        refused("{\"w\":" + entry("F32", "1", -4, 0) + "}", 8, "data_offsets of w");
        refused(
                "{\"w\":" + entry("F32", "1", 0, 4) + ",\"v\":" + entry("F32", "1", 0, 4) + "}",
                4,
                "the tensor before it");
        refused("{\"w\":" + entry("F32", "1", 0, 4) + ",\"w\":" + entry("F32", "1", 0, 4) + "}", 4, "proper JSON");
        refused("{\"w\":" + entry("F32", "2147483647,2147483647,8", 0, 4) + "}", 4, "2^31");
        refused("{\"w\":" + entry("F32", "9223372036854775807", 0, 4) + "}", 4, "size or stride");
        refused("{\"w\":" + entry("F32", "2147483647", 0, 8589934588L) + "}", 4, "the limit is");
        refused("{\"w\":" + entry("F32", "1.0", 0, 4) + "}", 4, "no integer");
        refused("{\"w\":{\"dtype\":\"F32\"}}", 4, "lacks its shape");
        refused("{\"w\":7}", 4, "dtype");
        refused("{\"a b\":" + entry("F32", "1", 0, 4) + "}", 4, "printable");
        refused("{\"w\":" + "[".repeat(100), 4, "proper JSON");
        refused("{\0\0\0}\0\0\0\uffff\uffff", 4, "proper JSON");
    }

    @Test
    void aHugeHeaderIsRefusedUnread() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Path file = folder.resolve("file");
        for (long length : new long[] {Long.MAX_VALUE, -1, 1 << 30}) {
            Files.write(file, start.putLong(0, length).put(8, (byte) '{').array());
            assertThatThrownBy(() -> CheckpointReader.read(file)).hasMessageContaining("the limit is");
        }
    }

    private void refused(String header, int dataBytes, String reason) {
        assertThatThrownBy(() -> read(header, new byte[dataBytes]))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(MODEL_INVALID))
                .hasMessageContaining(reason);
    }

    private Weights read(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        return CheckpointReader.read(Files.write(folder.resolve("file"), bytes.array()))
                .weights();
    }

    private static String entry(String type, String shape, long start, long end) {
        return "{\"dtype\":\"" + type + "\",\"shape\":[" + shape + "],\"data_offsets\":[" + start + "," + end + "]}";
    }
}
