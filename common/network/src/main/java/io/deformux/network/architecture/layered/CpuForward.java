package io.deformux.network.architecture.layered;

import io.deformux.network.architecture.layered.CpuLayers.Stage;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import io.deformux.network.proof.ArithmeticProof;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward pass of one image on a CPU, layer by layer: convolutions by whoever computes them, all between them in Java, on maps that
 * lie channels last so that neither side ever copies to please the other. The twin of {@code encoder_decoder.py}. One thread;
 * the work inside is spread over all cores.
 */
record CpuForward(CpuLayers layers) implements LayeredForward {

    @Override
    public void run(FeatureMap image, LayerRun run, FloatBuffer logits, int first) {
        List<FeatureMap> skips = backbone(image, run);
        skips.add(0, image);
        FeatureMap x = layers.encoders().get(4).apply(skips.get(4), run);
        for (int level = 4; level >= 1; level--) {
            // Large maps are made as late as possible.
            FeatureMap skip = layers.encoders().get(level - 1).apply(skips.get(level - 1), run);
            x = layers.decoders().get(4 - level).apply(x, skip, run);
        }
        layers.last().apply(x, run, layers.head(), logits, first);
    }

    private List<FeatureMap> backbone(FeatureMap image, LayerRun run) {
        List<FeatureMap> maps = new ArrayList<>();
        FeatureMap x = image;
        for (Stage stage : layers.stages()) {
            x = down(stage, x, x != image, run);
            for (BlockPass block : stage.blocks()) {
                x = block.apply(x, run);
            }
            maps.add(normalise(stage.out(), x, run));
        }
        x.close();
        return maps;
    }

    private static FeatureMap down(Stage stage, FeatureMap x, boolean last, LayerRun run) {
        FeatureMap normal = stage.before().map(norm -> normalise(norm, x, run)).orElse(x);
        FeatureMap y = run.convolve(stage.down(), normal);
        stage.after().ifPresent(norm -> norm.apply(y.view(), y.view()));
        if (last) {
            normal.close();
            x.close();
        }
        return y;
    }

    private static FeatureMap normalise(LayerNormPass norm, FeatureMap x, LayerRun run) {
        FeatureMap y = run.blank(x, x.view().c());
        norm.apply(x.view(), y.view());
        return y;
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        // Every convolution is seen.
    }

    @Override
    public String name(Kernels kernels) {
        return kernels.name() + " kernels";
    }

    @Override
    public void close() {
        // The convolutions are their maker's.
    }
}
