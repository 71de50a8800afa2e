package io.deformux.network.architecture.blocks;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The modules of a network that is a backbone of four stages between a convolutional encoder and decoder, and which of them
 * an image goes through: the one place that says which stages and levels there are, which blocks they have, and what they are
 * called. Networks of this kind differ in their blocks and in the name of the backbone. Whoever computes a part finds its
 * tensors by {@link io.deformux.network.torchscript.ModulePaths}. {@code encoder_decoder.py} says what they compute.
 *
 * @param <B> a block of the backbone
 * @param root the whole network
 * @param stages the backbone
 * @param encoders levels 1 to 5 of the convolutional encoder; the first sees the image, the others a stage's map each
 * @param decoders levels 5 to 2 of the decoder, each joined by the encoder's map of the next higher level
 * @param last the residual block behind them
 * @param head the convolution that gives the logits
 */
public record EncoderDecoder<B>(
        ModuleTree root,
        List<StageModules<B>> stages,
        List<ResidualModules> encoders,
        List<LevelModules> decoders,
        ResidualModules last,
        ModuleTree head) {
    private static final String KINDS = "__torch__.deformux.encoder_decoder.";

    /** The stages of the backbone. */
    public static final int STAGES = 4;

    /** Every spatial size is halved this many times over: sizes must be multiples of it. */
    public static final int STRIDE = 16;

    /**
     * What decides the modules.
     *
     * @param inChannels channels of the image
     * @param outChannels classes, the background included
     * @param featureSizes channels of the four backbone stages, at 1/2, 1/4, 1/8 and 1/16 of the image size
     * @param depths blocks of each stage
     * @param hidden channels of the deepest level of the convolutional encoder
     */
    public record Sizes(int inChannels, int outChannels, List<Integer> featureSizes, List<Integer> depths, int hidden) {
        private static final int MOST_CHANNELS = 2048;
        private static final int MOST_BLOCKS = 64;

        /** Checks every bound; throws {@link IllegalArgumentException} that names the size out of its own. */
        public Sizes {
            featureSizes = List.copyOf(featureSizes);
            depths = List.copyOf(depths);
            Bounds.within("inChannels", inChannels, MOST_CHANNELS);
            Bounds.within("outChannels", outChannels, MOST_CHANNELS);
            Bounds.eachWithin("featureSizes", featureSizes, STAGES, MOST_CHANNELS);
            Bounds.eachWithin("depths", depths, STAGES, MOST_BLOCKS);
            Bounds.within("hidden", hidden, MOST_CHANNELS);
        }

        /** As settings say; where they do not, as published: 48, 96, 192, 384 channels, two blocks each, hidden 768. */
        public static Sizes of(int inChannels, int outChannels, NetworkSettings settings) {
            return new Sizes(
                    inChannels,
                    outChannels,
                    settings.integers("featureSizes", List.of(48, 96, 192, 384)),
                    settings.integers("depths", List.of(2, 2, 2, 2)),
                    settings.integer("hidden", 768));
        }

        /** All but the channels of image and classes. */
        public NetworkSettings settings() {
            return NetworkSettings.NONE
                    .with("featureSizes", featureSizes)
                    .with("depths", depths)
                    .with("hidden", hidden);
        }
    }

    /**
     * A stage of the backbone.
     *
     * @param before the norm before the convolution, none in the first stage
     * @param convolution the convolution to half the size
     * @param after the norm behind it, in the first stage only
     * @param sequence the blocks, one after the other
     * @param blocks each of them
     * @param out the norm of the map that is handed out
     */
    public record StageModules<B>(
            Optional<ModuleTree> before,
            ConvolutionModule convolution,
            Optional<ModuleTree> after,
            ModuleTree sequence,
            List<B> blocks,
            ModuleTree out) {

        /** The way in: the convolution and its norm, one after the other. */
        ModuleTree entry() {
            return ModuleTree.sequence(Stream.of(before, Optional.of(convolution.module()), after)
                    .flatMap(Optional::stream)
                    .toList());
        }
    }

    /**
     * The modules of a network.
     *
     * @param backbone what the reference calls the backbone
     * @param block a block of so many channels
     * @param module the whole of a block
     */
    public static <B> EncoderDecoder<B> of(
            String backbone, Sizes sizes, IntFunction<B> block, Function<B, ModuleTree> module) {
        List<StageModules<B>> stages = new ArrayList<>();
        for (int i = 0; i < STAGES; i++) {
            stages.add(stage(sizes, i, block, module));
        }
        List<Integer> f = sizes.featureSizes();
        int[] channels = {sizes.inChannels(), f.get(0), f.get(1), f.get(2), f.get(3), sizes.hidden()};
        List<ResidualModules> encoders = new ArrayList<>();
        List<LevelModules> decoders = new ArrayList<>();
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(backbone, backbone(stages));
        for (int level = 1; level < channels.length; level++) {
            ResidualModules encoder = ResidualModules.of(channels[level - 1], channels[level]);
            encoders.add(encoder);
            children.put("encoder" + level, encoder.level());
        }
        for (int level = channels.length - 1; level > 1; level--) {
            LevelModules decoder = LevelModules.of(channels[level], channels[level - 1]);
            decoders.add(decoder);
            children.put("decoder" + level, decoder.module());
        }
        ResidualModules last = ResidualModules.of(f.get(0), f.get(0));
        children.put("decoder1", last.level());
        ModuleTree head = LayerModules.convolution(sizes.outChannels(), f.get(0), 1);
        children.put("out", LayerModules.head(head));
        ModuleTree root = new ModuleTree(KINDS + "EncoderDecoder", children);
        return new EncoderDecoder<>(root, List.copyOf(stages), encoders, decoders, last, head);
    }

    /** What all of it computes but the blocks, by path inside an archive. */
    public static Map<String, String> methods(String backbone) {
        Map<String, String> files = LayerModules.methods();
        String text = SourceText.of(EncoderDecoder.class, "encoder_decoder.py");
        files.put(SourceText.FOLDER + "encoder_decoder.py", text.replace("BACKBONE", backbone));
        return files;
    }

    /**
     * Checks that such a network takes images of that size.
     *
     * @param d size along the first axis, in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if a size is not a multiple of {@link #STRIDE}, or if only one voxel would be
     *     left at the deepest level, where instance normalisation needs at least two
     */
    public static void requireSize(int d, int h, int w) {
        Bounds.multiples(STRIDE, d, h, w);
    }

    private static <B> StageModules<B> stage(Sizes sizes, int i, IntFunction<B> block, Function<B, ModuleTree> module) {
        boolean first = i == 0;
        int in = first ? sizes.inChannels() : sizes.featureSizes().get(i - 1);
        int out = sizes.featureSizes().get(i);
        List<B> blocks = new ArrayList<>();
        while (blocks.size() < sizes.depths().get(i)) {
            blocks.add(block.apply(out));
        }
        return new StageModules<>(
                first ? Optional.empty() : Optional.of(LayerModules.norm(in)),
                first ? ConvolutionModule.of(out, in, 7, 2, 3) : ConvolutionModule.of(out, in, 2, 2, 0),
                first ? Optional.of(LayerModules.norm(out)) : Optional.empty(),
                ModuleTree.sequence(blocks.stream().map(module).toList()),
                List.copyOf(blocks),
                LayerModules.norm(out));
    }

    private static <B> ModuleTree backbone(List<StageModules<B>> stages) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(
                "downsample_layers",
                ModuleTree.holder(stages.stream().map(StageModules::entry).toList()));
        children.put(
                "stages",
                ModuleTree.holder(stages.stream().map(StageModules::sequence).toList()));
        for (int i = 0; i < stages.size(); i++) {
            children.put("norm" + i, stages.get(i).out());
        }
        return new ModuleTree(KINDS + "Backbone", children);
    }
}
