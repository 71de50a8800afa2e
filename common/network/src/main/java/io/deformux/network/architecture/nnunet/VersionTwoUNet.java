package io.deformux.network.architecture.nnunet;

import io.deformux.network.weights.Weights;
import java.util.List;

/**
 * What the networks of nnU-Net version 2 have in common: the decoder, and state dicts with a second name for every layer ({@code
 * all_modules}) and the encoder once more below the decoder.
 */
abstract class VersionTwoUNet implements UNetImplementation {

    /** The layers of stacked convolutions. */
    static UnitPaths stacked(String stack, int unit) {
        return unit(stack + ".convs." + unit);
    }

    /** A convolution and its norm. */
    static UnitPaths unit(String path) {
        return new UnitPaths(path + ".conv", path + ".norm");
    }

    @Override
    public UnitPaths decoder(int step, int unit) {
        return stacked("decoder.stages." + step, unit);
    }

    @Override
    public String doubling(int step) {
        return "decoder.transpconvs." + step;
    }

    @Override
    public String head(int level, int levels) {
        return "decoder.seg_layers." + (levels - 2 - level);
    }

    @Override
    public boolean varies() {
        return true;
    }

    @Override
    public boolean headBiased() {
        return true;
    }

    @Override
    public boolean transposedBiased(UNetOptions options) {
        return true;
    }

    @Override
    public int kernelLevel(int level) {
        return level;
    }

    @Override
    public int padding(int kernel, int stride) {
        return (kernel - 1) / 2;
    }

    @Override
    public List<String> order() {
        return List.of(
                "encoder",
                "decoder",
                "stem",
                "stages",
                "transpconvs",
                "seg_layers",
                "convs",
                "blocks",
                "conv1",
                "conv2",
                "skip",
                "conv",
                "norm");
    }

    @Override
    public Weights once(Weights checkpoint) {
        return checkpoint.without(name -> name.startsWith("decoder.encoder.") || name.contains(".all_modules."));
    }
}
