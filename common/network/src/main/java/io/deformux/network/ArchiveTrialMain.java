package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.library.Lifeline;
import io.deformux.network.proof.Finite;
import io.deformux.network.proof.Noise;
import io.deformux.network.torchscript.TorchScriptModule;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The child process of {@link ArchiveTrial}: runs the archive that its first argument names with one image of noise, of the
 * channels and sizes that the others say, and prints as one line of JSON the shape that comes out and whether all of it is
 * finite, or the problem.
 */
public final class ArchiveTrialMain {
    /** Longer than {@link ArchiveTrial} waits, so that it is the one to say that there was no answer. */
    private static final Duration LIMIT = ArchiveTrial.LIMIT.plusSeconds(30);

    private static final int MOST_WORDS = 300;
    private static final int SEED = 1;

    private ArchiveTrialMain() {}

    /** Runs and prints. */
    public static void main(String[] arguments) {
        Lifeline.hold(LIMIT);
        PrintStream answer = System.out;
        // Whoever else prints must not get between the lines.
        System.setOut(System.err);
        answer.println(answer(arguments));
        answer.flush();
        // Threads of an archive need not end.
        Runtime.getRuntime().halt(0);
    }

    private static ObjectNode answer(String[] arguments) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        long[] sizes = {1, 0, 0, 0, 0};
        for (int axis = 1; axis < sizes.length; axis++) {
            sizes[axis] = Integer.parseInt(arguments[axis]);
        }
        try (TorchScriptModule module = TorchScriptModule.load(Path.of(arguments[0]), Device.cpu(), false);
                NDManager scope = module.newScope()) {
            Shape size = new Shape(sizes);
            NDArray image = scope.create(Noise.of(Math.toIntExact(size.size()), SEED), size, DataType.FLOAT32);
            NDList outputs = module.call("forward", new NDList(image), false);
            if (outputs.size() != 1 || outputs.get(0).getDataType() != DataType.FLOAT32) {
                return answer.put(
                        "problem", "it gives " + ArchivePass.described(outputs) + " and not one float tensor");
            }
            NDArray logits = outputs.get(0);
            ArrayNode shape = answer.putArray("shape");
            for (long length : logits.getShape().getShape()) {
                shape.add(length);
            }
            return answer.put(
                    "finite",
                    Finite.all(logits.toByteBuffer(true)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer()));
        } catch (RuntimeException | LinkageError e) {
            return answer.put("problem", words(e));
        }
    }

    /** The last cause, which is PyTorch's own, in its first words. */
    private static String words(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        List<String> lines = String.valueOf(cause.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        // Behind a traceback of TorchScript stands what went wrong.
        String text = lines.stream()
                .filter(line -> line.startsWith("RuntimeError"))
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(0));
        return thrown.getMessage() + ": " + text.substring(0, Math.min(text.length(), MOST_WORDS));
    }
}
