package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.nnunet.UNetBlock.Shortcut;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.Optional;

/** MONAI's {@code DynUNet}. Its state dict has every tensor a second time, below {@code skip_layers}. */
final class DynUNet implements UNetImplementation {
    static final String ID = "dynunet";
    private static final int PUBLISHED_HEADS = 3;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String mark() {
        return "input_block.";
    }

    private static String path(int level, int levels) {
        if (level == 0) {
            return "input_block";
        }
        return level == levels - 1 ? "bottleneck" : "downsamples." + (level - 1);
    }

    private static UnitPaths unit(String block, int unit) {
        return new UnitPaths(block + ".conv" + (unit + 1) + ".conv", block + ".norm" + (unit + 1));
    }

    @Override
    public List<UNetBlock> encoder(NnUNetConfig config, int level) {
        String path = path(level, config.levels());
        UNetBlock plain = UNetBlock.plain(config, level, List.of(unit(path, 0), unit(path, 1)));
        if (!config.options().residual()) {
            return List.of(plain);
        }
        boolean same = plain.in() == plain.out() && plain.stride().equals(UNetBlock.POINT);
        Shortcut shortcut = new Shortcut(same ? Optional.empty() : Optional.of(unit(path, 2)), false);
        return List.of(new UNetBlock(plain.units(), plain.in(), plain.out(), plain.stride(), Optional.of(shortcut)));
    }

    @Override
    public String block(int level, int levels, int block) {
        return unit(path(level, levels), block).convolution();
    }

    @Override
    public boolean varies() {
        return false;
    }

    @Override
    public UnitPaths decoder(int step, int unit) {
        return unit("upsamples." + step + ".conv_block", unit);
    }

    @Override
    public String doubling(int step) {
        return "upsamples." + step + ".transp_conv.conv";
    }

    @Override
    public String head(int level, int levels) {
        return level == 0 ? "output_block.conv.conv" : "deep_supervision_heads." + (level - 1) + ".conv.conv";
    }

    @Override
    public int heads(int levels, int supervised) {
        return 1 + supervised;
    }

    @Override
    public int publishedSupervision(int levels) {
        return Math.min(PUBLISHED_HEADS, levels - 2);
    }

    @Override
    public boolean deepestIsMute() {
        return false;
    }

    @Override
    public boolean biased() {
        return false;
    }

    @Override
    public boolean headBiased() {
        return true;
    }

    @Override
    public int kernelLevel(int level) {
        return level + 1;
    }

    @Override
    public int padding(int kernel, int stride) {
        return (kernel - stride + 1) / 2;
    }

    @Override
    public List<String> order() {
        return List.of(
                "input_block",
                "downsamples",
                "bottleneck",
                "upsamples",
                "output_block",
                "deep_supervision_heads",
                "transp_conv",
                "conv_block",
                "conv1",
                "conv2",
                "norm1",
                "norm2",
                "conv3",
                "norm3");
    }

    @Override
    public Weights once(Weights checkpoint) {
        return checkpoint.without(name -> name.startsWith("skip_layers."));
    }

    @Override
    public void require(UNetOptions options) {
        // It can be all of them.
    }
}
