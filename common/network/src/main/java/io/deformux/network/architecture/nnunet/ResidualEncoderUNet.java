package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.nnunet.UNetBlock.Shortcut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code ResidualEncoderUNet} of nnU-Net version 2: a convolution that sees the image, then residual blocks of two (ResNet-D:
 * the shortcut averages before it projects), and one convolution for each level of the decoder.
 */
final class ResidualEncoderUNet extends VersionTwoUNet {
    private static final String STEM = "encoder.stem";
    /** Blocks of the levels, of deeper ones as of the last. */
    private static final List<Integer> BLOCKS = List.of(1, 3, 4, 6);

    @Override
    public String id() {
        return "residual-encoder-unet";
    }

    @Override
    public String mark() {
        return STEM + ".";
    }

    private static String path(int level, int block) {
        return "encoder.stages." + level + ".blocks." + block;
    }

    @Override
    public List<UNetBlock> encoder(NnUNetConfig config, int level) {
        int out = config.features().get(level);
        List<UNetBlock> blocks = new ArrayList<>();
        int in = config.below(level);
        if (level == 0) {
            blocks.add(new UNetBlock(List.of(stacked(STEM, 0)), in, out, UNetBlock.POINT, Optional.empty()));
            in = out;
        }
        for (int block = 0; block < config.blocks().get(level); block++) {
            List<Integer> stride = block == 0 ? config.strides().get(level) : UNetBlock.POINT;
            blocks.add(residual(path(level, block), block == 0 ? in : out, out, stride));
        }
        return blocks;
    }

    private static UNetBlock residual(String path, int in, int out, List<Integer> stride) {
        // What averages comes before the projection and has a number too.
        int number = stride.equals(UNetBlock.POINT) ? 0 : 1;
        Optional<UnitPaths> projection = in == out ? Optional.empty() : Optional.of(unit(path + ".skip." + number));
        return new UNetBlock(
                List.of(unit(path + ".conv1"), unit(path + ".conv2")),
                in,
                out,
                stride,
                Optional.of(new Shortcut(projection, true)));
    }

    @Override
    public boolean beginsAtShortcuts() {
        return true;
    }

    @Override
    public String entrance(int levels) {
        return stacked(STEM, 0).convolution();
    }

    @Override
    public String block(int level, int levels, int block) {
        return unit(path(level, block) + ".conv1").convolution();
    }

    @Override
    public List<Integer> publishedBlocks(int levels) {
        return IntStream.range(0, levels)
                .mapToObj(level -> BLOCKS.get(Math.min(level, BLOCKS.size() - 1)))
                .toList();
    }

    @Override
    public List<Integer> publishedDecoder(int levels) {
        return Collections.nCopies(levels - 1, 1);
    }
}
