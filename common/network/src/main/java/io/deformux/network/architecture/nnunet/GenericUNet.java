package io.deformux.network.architecture.nnunet;

import io.deformux.network.weights.Weights;
import java.util.List;

/** {@code Generic_UNet} of nnU-Net version 1. Its layers have every level's logits, whether they are trained with or not. */
final class GenericUNet implements UNetImplementation {

    @Override
    public String id() {
        return "generic-unet";
    }

    @Override
    public String mark() {
        return "conv_blocks_context.";
    }

    private static UnitPaths unit(String path) {
        return new UnitPaths(path + ".conv", path + ".instnorm");
    }

    @Override
    public List<UNetBlock> encoder(NnUNetConfig config, int level) {
        int levels = config.levels();
        return List.of(UNetBlock.plain(config, level, List.of(encoder(level, levels, 0), encoder(level, levels, 1))));
    }

    @Override
    public String block(int level, int levels, int block) {
        return encoder(level, levels, block).convolution();
    }

    @Override
    public boolean varies() {
        return false;
    }

    private static UnitPaths encoder(int level, int levels, int unit) {
        String path = "conv_blocks_context." + level;
        return unit(level == levels - 1 ? path + "." + unit + ".blocks.0" : path + ".blocks." + unit);
    }

    @Override
    public UnitPaths decoder(int step, int unit) {
        return unit("conv_blocks_localization." + step + "." + unit + ".blocks.0");
    }

    @Override
    public String doubling(int step) {
        return "tu." + step;
    }

    @Override
    public String head(int level, int levels) {
        return "seg_outputs." + (levels - 2 - level);
    }

    @Override
    public boolean headBiased() {
        return false;
    }

    @Override
    public int kernelLevel(int level) {
        return level + 1;
    }

    @Override
    public int padding(int kernel, int stride) {
        return kernel / 2;
    }

    @Override
    public List<String> order() {
        return List.of("conv_blocks_localization", "conv_blocks_context", "tu", "seg_outputs", "conv", "instnorm");
    }

    @Override
    public Weights once(Weights checkpoint) {
        return checkpoint;
    }
}
