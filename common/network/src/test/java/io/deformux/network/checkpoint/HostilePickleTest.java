package io.deformux.network.checkpoint;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.network.checkpoint.Pickles.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pickle that would run code in Python is refused by the name that it asks for, in both formats. */
class HostilePickleTest {
    private static final int MANY = 10_000_001;

    @TempDir
    private Path folder;

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("os.system", "cos\nsystem\n(" + text("touch x") + "tR"),
                Arguments.of("posix.system", "cposix\nsystem\n(" + text("touch x") + "tR"),
                Arguments.of("builtins.eval", "cbuiltins\neval\n(" + text("1") + "tR"),
                Arguments.of("__builtin__.getattr", "c__builtin__\ngetattr\n(" + text("a") + text("b") + "tR"),
                Arguments.of("runpy._run_code", "crunpy\n_run_code\n)R"),
                Arguments.of("torch.load", "ctorch\nload\n)R"),
                Arguments.of("torch.nn.modules.conv.Conv3d", "ctorch.nn.modules.conv\nConv3d\n)\u0081}b"),
                Arguments.of("collections.OrderedDict.__reduce__", "ccollections\nOrderedDict.__reduce__\n)R"),
                Arguments.of("os.system", text("os") + text("system") + "\u0093" + text("x") + "\u0085R"),
                Arguments.of("os.system", "(" + text("touch x") + "ios\nsystem\n"),
                Arguments.of("asks for os?[31m.system?", "cos\u001b[31m\nsystem\u0007\n"),
                // The call of what a call gave.
                Arguments.of("calls something", "ctorch\nSize\n)R)R"),
                Arguments.of("calls something", "ccollections\nOrderedDict\n)R)R"),
                Arguments.of("calls something", "ctorch\nFloatStorage\n)R"),
                Arguments.of("calls something", text("os.system") + ")R"),
                Arguments.of("calls something", "ccollections\nOrderedDict\nNR"),
                Arguments.of("OrderedDict in an unusual way", "ccollections\nOrderedDict\n](e\u0085R"),
                Arguments.of("no TorchScript module", "ccollections\nOrderedDict\n)\u0081"),
                Arguments.of("could run code", "ctorch._utils\n_rebuild_tensor_v2\n}b"),
                Arguments.of("could run code", "]}b"),
                Arguments.of("could run code", Pickles.pair() + "}b"),
                Arguments.of("opcode 0x6f", "(ccollections\nOrderedDict\no"),
                Arguments.of("opcode 0x82", "\u0082\1"),
                Arguments.of("opcode 0x50", "P0\n"),
                Arguments.of("opcode 0x92", "ccollections\nOrderedDict\n)}\u0092"),
                Arguments.of("recalls a value", "h\u0009"),
                Arguments.of("more values than it made", ""),
                Arguments.of("more values than it made", "(00)t"),
                Arguments.of("more values than it made", "N(0t"),
                Arguments.of("a mark", "Nt"),
                Arguments.of("no list", "}Na"),
                Arguments.of("no dictionary", "]NNs"),
                Arguments.of("no dictionary", "}(Nu"),
                Arguments.of("ends early", "X\u00ff\u00ff\u00ff\u007f"),
                Arguments.of("ends early", "X\u00ff\u00ff\u00ff\u00ff"),
                Arguments.of("ends early", "B\u00ff\u00ff\u00ff\u007f"),
                Arguments.of("ends early", "cos"),
                Arguments.of("no dictionary of weights", "N"),
                Arguments.of("no dictionary of weights", "]q\0h\0a"),
                Arguments.of("no tensor in it", "}q\0(" + text("a") + "h\0u"),
                Arguments.of("more than 10000000 steps", "N0".repeat(MANY / 2)),
                Arguments.of("not UTF-8", "X\1\0\0\0\u00ff"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void zipIsRefused(String reason, String value) {
        assertThat(refusal(Pickles.zip(Pickles.bytes(value)))).contains(reason);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void legacyIsRefused(String reason, String value) {
        // What ends early there goes on with the next pickle here.
        if (!reason.equals("ends early")) {
            assertThat(refusal(Pickles.legacy(Pickles.bytes(value), 1, 2))).contains(reason);
        }
    }

    @Test
    void statesMoreThanIsThere() {
        String storage = Pickles.storage("FloatStorage", "0", 2);
        assertThat(refusal(weights(view(storage, 0, 3, 1)))).contains("beyond its storage");
        assertThat(refusal(weights(view(storage, 2, 1, 1)))).contains("beyond its storage");
        assertThat(refusal(weights(view(storage, -1, 1, 1)))).contains("beyond its storage");
        assertThat(refusal(weights(view(storage, 0, 2, -1)))).contains("size or stride of -1");
        assertThat(refusal(weights(view(storage, 0, -1, 1)))).contains("size or stride of -1");
        assertThat(refusal(weights(view(storage, 0, Integer.MAX_VALUE, Integer.MAX_VALUE))))
                .contains("beyond its storage");
        assertThat(refusal(weights(view(Pickles.storage("FloatStorage", "0", Integer.MAX_VALUE), 0, 1, 1))))
                .contains("the limit is");
        assertThat(refusal(weights(view(Pickles.storage("FloatStorage", "0", 3), 0, 1, 1))))
                .contains("8 bytes instead of 12");
        assertThat(refusal(weights(view(Pickles.storage("FloatStorage", "../a", 2), 0, 1, 1))))
                .contains("lacks the entry");
    }

    @Test
    void valuesRepeatedWithoutEndAreRefused() {
        assertThat(refusal(weights(view(Pickles.storage("FloatStorage", "0", 2), 0, 1 << 30, 0))))
                .contains("more values than the file has bytes");
        int[] huge = {1 << 30, 1 << 30, 1 << 30};
        assertThat(refusal(weights(Pickles.tensor(Pickles.storage("FloatStorage", "0", 2), 0, huge, new int[3]))))
                .contains("2^31");
    }

    @Test
    void manyTensorsOfOneStorageAreRefused() {
        StringBuilder dict = new StringBuilder(
                "}(" + text("first") + view(Pickles.storage("FloatStorage", "0", 2), 0, 1 << 18, 0) + "q\1");
        for (int n = 0; n < 64; n++) {
            dict.append(text("t" + n)).append("h\1");
        }
        assertThat(refusal(Pickles.zip(Pickles.bytes(dict + "u"), Pickles.floats(1, 2))))
                .contains("more values than the file has bytes");
    }

    @Test
    void namesThatSpoilAMessageAreRefused() {
        assertThat(refusal(Pickles.zip(
                        Pickles.bytes(Pickles.dict(Map.of("a\u001b[31m\nb", Pickles.pair()))), Pickles.floats(1, 2))))
                .contains("\"a?[31m?b\"");
    }

    @Test
    void modulesInsideThemselvesAreRefused() {
        String module = "c__torch__.a\nB\n)\u0081q\1}(" + text("self") + "h\1ub";
        assertThat(refusal(Pickles.zip(Pickles.bytes(module)))).contains("nested deeper");
        StringBuilder doubling = new StringBuilder("c__torch__.a\nB\n)\u0081}b");
        for (int n = 1; n < 31; n++) {
            doubling.append("q").append((char) n).append("0c__torch__.a\nB\n)\u0081}(");
            String below = "h" + (char) n;
            doubling.append(text("a"))
                    .append(below)
                    .append(text("b"))
                    .append(below)
                    .append("ub");
        }
        assertThat(refusal(Pickles.zip(Pickles.bytes(doubling.toString())))).contains("more than 100000");
    }

    /** A copy per step would be a billion entries. */
    @Test
    void manyAttributesSetOftenAreCheap() {
        StringBuilder dict = new StringBuilder("}(");
        for (int n = 0; n < 100_000; n++) {
            dict.append(text("a" + n)).append("N");
        }
        String module = dict + "ur" + "\1\0\0\0" + "0c__torch__.a\nB\n)\u0081" + "h\1b".repeat(300_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(refusal(Pickles.zip(Pickles.bytes(module)))).contains("no tensor in it"));
    }

    private static String view(String storage, int offset, int size, int stride) {
        return Pickles.tensor(storage, offset, new int[] {size}, new int[] {stride});
    }

    private static byte[] weights(String tensor) {
        return Pickles.zip(Pickles.bytes(Pickles.dict(Map.of("w", tensor))), Pickles.floats(1, 2));
    }

    private String refusal(byte[] content) {
        try {
            Path file = Files.write(folder.resolve("file"), content);
            JobException refusal = catchThrowableOfType(JobException.class, () -> CheckpointReader.read(file));
            assertThat(refusal).as("refused").isNotNull();
            assertThat(refusal.code()).isEqualTo(MODEL_INVALID);
            return refusal.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
