package io.deformux.parity;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.ModuleProbe;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.weights.Weights;
import java.util.function.BiConsumer;

/**
 * The maps between the parts of a network, under the names that the fixtures use: each part runs by itself, wired here
 * a second time, so that the network's own wiring has something to be compared with.
 */
final class NetworkMaps {
    private final DeformUxNetConfig config;
    private final Weights weights;
    private final BiConsumer<String, Values> sink;

    NetworkMaps(DeformUxNetConfig config, Weights weights, BiConsumer<String, Values> sink) {
        this.config = config;
        this.weights = weights;
        this.sink = sink;
    }

    /** Hands every map to the sink, the logits last. */
    void run(Values image) {
        Values[] out = new Values[EncoderDecoder.STAGES];
        Values x = image;
        for (int i = 0; i < out.length; i++) {
            x = map("backbone.downsample" + i, "deformuxnet_3d.downsample_layers." + i, x);
            for (int j = 0; j < config.depths().get(i); j++) {
                String block = "deformuxnet_3d.stages." + i + "." + j;
                deformable(block + ".ddc", i, j, x);
                x = run(block, x);
            }
            sink.accept("backbone.stage" + i, x);
            out[i] = map("backbone.out" + i, "deformuxnet_3d.norm" + i, x);
        }
        x = map("encoder5", "encoder5", out[3]);
        for (int level = 4; level >= 1; level--) {
            Values skip = map("encoder" + level, "encoder" + level, level == 1 ? image : out[level - 2]);
            x = map("decoder" + (level + 1), "decoder" + (level + 1), x, skip);
        }
        x = map("decoder1", "decoder1", x);
        map("logits", "out", x);
    }

    private void deformable(String path, int i, int j, Values x) {
        try (ModuleProbe ddc = ModuleProbe.part(config, weights, path)) {
            sink.accept(
                    "offset.stage" + i + ".block" + j, ddc.call("offsets", x).get(0));
            sink.accept("backbone.stage" + i + ".block" + j + ".ddc", channelsFirst(ddc.forward(x)));
        }
    }

    private Values map(String name, String path, Values... inputs) {
        Values output = run(path, inputs);
        sink.accept(name, output);
        return output;
    }

    private Values run(String path, Values... inputs) {
        try (ModuleProbe part = ModuleProbe.part(config, weights, path)) {
            return part.forward(inputs);
        }
    }

    private static Values channelsFirst(Values last) {
        int[] s = last.shape();
        int voxels = s[1] * s[2] * s[3];
        double[] values = new double[last.values().length];
        for (int n = 0; n < s[0]; n++) {
            for (int v = 0; v < voxels; v++) {
                for (int c = 0; c < s[4]; c++) {
                    values[(n * s[4] + c) * voxels + v] = last.values()[(n * voxels + v) * s[4] + c];
                }
            }
        }
        return new Values(new int[] {s[0], s[4], s[1], s[2], s[3]}, values);
    }
}
