package io.deformux.network.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts the work of a network by a twin of its TorchScript that computes sizes alone: {@code count.py} beside this class.
 * Weights and maps take no memory but where maps are added or joined. Convolutions, linear layers and matrix products count;
 * what else a text computes (norms, activations, a sampling of its own) does not.
 *
 * @param multiplyAccumulates of one forward pass for one image
 * @param values that what counts puts out in that pass
 */
public record CountedNetwork(long multiplyAccumulates, long values) {
    private static final Pattern COUNTED = Pattern.compile("torch\\.(conv3d|conv_transpose3d|linear|matmul|bmm)\\(");
    /** What changes values and no work that counts. */
    private static final Pattern WITHOUT_VALUES = Pattern.compile(
            "torch\\.(instance_norm|batch_norm|layer_norm|group_norm|leaky_relu|relu|gelu|softmax|dropout|roll"
                    + "|max_pool3d)\\(");

    /** How tokens attend to each other, scaled: a map for every pair of them, which would be the largest by far. */
    private static final Pattern SCALED = Pattern.compile("\\b(\\w+) \\* torch\\.pow\\(\\w+, -0\\.5\\)");

    private static final String KIND = "__torch__.deformux.count.";

    /**
     * Counts one forward pass for one image.
     *
     * @param channels of the image
     * @param d size along the first axis, in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if its text calls one of the counted functions outside of classes
     */
    public static CountedNetwork of(TorchScriptProgram program, int channels, int d, int h, int w) {
        ModuleTree counter = new ModuleTree(
                KIND + "Counter", Map.of(), Map.of(), Map.of("records", ModuleAttribute.noTensors()), Map.of());
        GuardedSource source = new GuardedSource(program.methods(), COUNTED, "counter");
        Map<String, String> text = source.guarded();
        text.replaceAll((path, file) ->
                WITHOUT_VALUES.matcher(SCALED.matcher(file).replaceAll("$1")).replaceAll(KIND + "$1("));
        text.put(SourceText.FOLDER + "count.py", SourceText.of(CountedNetwork.class, "count.py"));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("counter", counter);
        children.put("network", source.guarded(program.root(), counter));
        ModuleTree root = new ModuleTree(
                KIND + "Counted",
                Map.of(),
                Map.of(),
                Map.of(
                        "channels", ModuleAttribute.of(channels),
                        "d", ModuleAttribute.of(d),
                        "h", ModuleAttribute.of(h),
                        "w", ModuleAttribute.of(w)),
                children);
        return count(new TorchScriptProgram(root, text));
    }

    private static CountedNetwork count(TorchScriptProgram program) {
        try {
            Path archive = Files.createTempFile("deformux-", ".pt");
            try {
                TorchScriptArchive.writeSizes(archive, program);
                try (TorchScriptModule module = TorchScriptModule.load(archive, Device.cpu(), false);
                        NDManager scope = module.newScope()) {
                    long work = 0;
                    long values = 0;
                    for (NDArray call : module.call("forward", new NDList(scope.zeros(new Shape(1))), false)) {
                        long[] record = call.toLongArray();
                        work += record[0];
                        values += record[1];
                    }
                    return new CountedNetwork(work, values);
                }
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the network cannot be written to the temporary folder", e);
        }
    }
}
