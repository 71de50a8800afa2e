package io.deformux.network.architecture.nnunet;

import java.util.List;
import java.util.stream.IntStream;

/** {@code PlainConvUNet} of nnU-Net version 2. Its blocks are single convolutions, two at every level as its planner has it. */
final class PlainConvUNet extends VersionTwoUNet {

    @Override
    public String id() {
        return "plain-conv-unet";
    }

    @Override
    public String mark() {
        return "encoder.stages.";
    }

    private static UnitPaths unit(int level, int unit) {
        return stacked("encoder.stages." + level + ".0", unit);
    }

    @Override
    public List<UNetBlock> encoder(NnUNetConfig config, int level) {
        List<UnitPaths> units = IntStream.range(0, config.blocks().get(level))
                .mapToObj(unit -> unit(level, unit))
                .toList();
        return List.of(UNetBlock.plain(config, level, units));
    }

    @Override
    public String block(int level, int levels, int block) {
        return unit(level, block).convolution();
    }
}
