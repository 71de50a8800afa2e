package io.deformux.network.architecture.nnunet;

import io.deformux.network.weights.Weights;
import java.util.List;

/**
 * {@code PlainConvUNet} of nnU-Net version 2, with two convolutions at every level as its planner has it. Its state dict has a
 * second name for every layer ({@code all_modules}), and the encoder once more below the decoder.
 */
final class PlainConvUNet implements UNetImplementation {

    @Override
    public String id() {
        return "plain-conv-unet";
    }

    @Override
    public String mark() {
        return "encoder.stages.";
    }

    private static UnitPaths unit(String stage, int unit) {
        String path = stage + ".convs." + unit;
        return new UnitPaths(path + ".conv", path + ".norm");
    }

    @Override
    public UnitPaths encoder(int level, int levels, int unit) {
        return unit("encoder.stages." + level + ".0", unit);
    }

    @Override
    public UnitPaths decoder(int step, int unit) {
        return unit("decoder.stages." + step, unit);
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
    public int heads(int levels, int supervised) {
        return levels - 1;
    }

    @Override
    public int publishedSupervision(int levels) {
        return levels - 2;
    }

    @Override
    public boolean deepestIsMute() {
        return true;
    }

    @Override
    public boolean biased() {
        return true;
    }

    @Override
    public boolean headBiased() {
        return true;
    }

    /** Its transposed convolutions have biases as its other convolutions do. */
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
        return List.of("encoder", "decoder", "stages", "transpconvs", "seg_layers", "convs", "conv", "norm");
    }

    @Override
    public Weights once(Weights checkpoint) {
        return checkpoint.without(name -> name.startsWith("decoder.encoder.") || name.contains(".all_modules."));
    }
}
