package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every network begins a training with, group of parameters by group, as its published code has it: MONAI (UNETR,
 * SwinUNETR, DynUNet), MASILab (3D UX-Net, RepUX-Net, UNesT), TransBTS, nnFormer. Where that sets nothing, it is what PyTorch
 * gives a layer: uniform within one over the root of its inputs, weights and biases alike, and norms of ones and zeros.
 */
class InitialWeightsTest {
    private static final int FEW = 2000;

    /** A group of parameters. */
    private record Group(String names, Spread spread) {
        boolean has(String name) {
            return name.matches(names);
        }
    }

    /** How values are spread; its scale is one parameter's, whose shape and inputs are given. */
    private enum Spread {
        /** PyTorch's, by the inputs of one output: all that follows the first axis of the weight. */
        DEFAULT {
            @Override
            double scale(Tensor weight) {
                return 1 / Math.sqrt(inputs(weight));
            }
        },
        /** trunc_normal_(std=0.02), cut at two, which is a hundred deviations. */
        TRUNCATED_NORMAL {
            @Override
            double scale(Tensor weight) {
                return 0.02;
            }
        },
        /** kaiming_normal_(a=0.01) by the inputs of one output. */
        KAIMING_NORMAL {
            @Override
            double scale(Tensor weight) {
                return Math.sqrt(2 / ((1 + 0.01 * 0.01) * inputs(weight)));
            }
        },
        ZERO(0),
        ONE(1),
        /** Of a PReLU. */
        QUARTER(0.25f),
        /** Of a layer scale. */
        MILLIONTH(1e-6f);

        private final Float constant;

        Spread() {
            constant = null;
        }

        Spread(float constant) {
            this.constant = constant;
        }

        /** What one value has over its scale. */
        double deviation() {
            return this == DEFAULT ? 1 / Math.sqrt(3) : 1;
        }

        double scale(Tensor weight) {
            throw new UnsupportedOperationException("a constant");
        }

        private static long inputs(Tensor weight) {
            return Arrays.stream(weight.shape()).skip(1).asLongStream().reduce(1, (a, b) -> a * b);
        }
    }

    /** A network and its groups; the first that has a parameter's name counts. */
    private record Case(String network, Map<String, Object> settings, List<Group> own) {
        List<Group> groups() {
            return Stream.concat(own.stream(), Stream.of(NORMS, NORM_BIASES, REST))
                    .toList();
        }

        @Override
        public String toString() {
            return network + " " + settings;
        }
    }

    private static final Group NORMS = new Group(".*(norm|bn|_ln)[0-9]*\\.weight", Spread.ONE);
    private static final Group NORM_BIASES = new Group(".*(norm|bn|_ln)[0-9]*\\.bias", Spread.ZERO);
    private static final Group REST = new Group(".*\\.(weight|bias)", Spread.DEFAULT);

    private static Case of(String network, Map<String, Object> settings, Group... own) {
        return new Case(network, settings, List.of(own));
    }

    static Stream<Case> cases() {
        List<Integer> narrow = List.of(16, 32, 64, 128);
        Group scale = new Group(".*\\.gamma", Spread.MILLIONTH);
        return Stream.of(
                // uxnet_encoder.py: its own initialiser is never called.
                of(
                        "ux-net",
                        Map.of("featureSizes", narrow),
                        scale,
                        downNorms(Spread.ONE, "weight"),
                        downNorms(Spread.ZERO, "bias")),
                of(
                        "repux-net",
                        Map.of("featureSizes", narrow),
                        downNorms(Spread.ONE, "weight"),
                        downNorms(Spread.ZERO, "bias"),
                        new Group(".*\\.running_mean", Spread.ZERO),
                        new Group(".*\\.running_var", Spread.ONE)),
                of(
                        "deform-uxnet",
                        Map.of("featureSizes", narrow),
                        scale,
                        downNorms(Spread.ONE, "weight"),
                        downNorms(Spread.ZERO, "bias"),
                        new Group(".*\\.conv_offset\\.(weight|bias)", Spread.ZERO)),
                // patchembedding.py initialises what is in it; blocks, encoders and decoders are left.
                of(
                        "unetr",
                        Map.of("featureSize", 8, "hidden", 96, "mlp", 192, "heads", 4),
                        new Group("vit\\.patch_embedding\\.position_embeddings", Spread.TRUNCATED_NORMAL),
                        new Group("vit\\.patch_embedding\\.patch_embeddings\\.1\\.weight", Spread.TRUNCATED_NORMAL),
                        new Group("vit\\.patch_embedding\\.patch_embeddings\\.1\\.bias", Spread.ZERO)),
                of(
                        "unetr",
                        Map.of("featureSize", 8, "hidden", 96, "mlp", 192, "heads", 4, "patches", "conv"),
                        new Group("vit\\.patch_embedding\\.position_embeddings", Spread.TRUNCATED_NORMAL)),
                of(
                        "swin-unetr",
                        Map.of("featureSize", 24),
                        new Group(".*\\.relative_position_bias_table", Spread.TRUNCATED_NORMAL)),
                // _init_nest_weights: linear layers; its convolutions are those of two axes, of which there are none.
                of(
                        "unest",
                        Map.of("dims", List.of(32, 64, 128), "depths", List.of(1, 1, 2)),
                        new Group("nestViT\\.levels\\.\\d\\.pos_embed", Spread.TRUNCATED_NORMAL),
                        new Group("nestViT\\.levels\\..*\\.(qkv|attn\\.proj|fc[12])\\.weight", Spread.TRUNCATED_NORMAL),
                        new Group("nestViT\\.levels\\..*\\.(qkv|attn\\.proj|fc[12])\\.bias", Spread.ZERO),
                        new Group("encoder10\\.adn\\.A\\.weight", Spread.QUARTER)),
                of(
                        "trans-bts",
                        Map.of("embedding", 256, "hidden", 256),
                        new Group("position_encoding\\.position_embeddings", Spread.ZERO),
                        new Group(".*\\.running_mean", Spread.ZERO),
                        new Group(".*\\.running_var", Spread.ONE)),
                // nnFormer_synapse.py: the trainer initialises anew only after a hundred epochs without any Dice.
                of(
                        "nnformer",
                        Map.of("embedding", 24, "heads", List.of(1, 2, 4, 8)),
                        new Group(".*\\.relative_position_bias_table", Spread.TRUNCATED_NORMAL)),
                unet("dynunet"),
                unet("generic-unet"),
                unet("plain-conv-unet"),
                // init_last_bn_before_add_to_0: at first every residual block is its shortcut.
                unet("residual-encoder-unet", new Group("encoder\\.stages\\..*\\.conv2\\.norm\\.weight", Spread.ZERO)));
    }

    /** The norms of the stem and between levels have no name of their own. */
    private static Group downNorms(Spread spread, String parameter) {
        return new Group("\\w+_3d\\.downsample_layers\\.(0\\.1|[123]\\.0)\\." + parameter, spread);
    }

    private static Case unet(String implementation, Group... own) {
        Map<String, Object> settings =
                Map.of("implementation", implementation, "features", List.of(16, 32, 64, 64), "deepSupervision", 2);
        List<Group> groups = new ArrayList<>(List.of(own));
        groups.add(new Group(".*(norm[12]?|instnorm)\\.weight", Spread.ONE));
        groups.add(new Group(".*\\.weight", Spread.KAIMING_NORMAL));
        groups.add(new Group(".*\\.bias", Spread.ZERO));
        return of("nnu-net", settings, groups.toArray(Group[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyGroupIsSpreadAsThePublishedCodeSpreadsIt(Case each) {
        NetworkSettings settings = NetworkSettings.NONE;
        for (Map.Entry<String, Object> setting : each.settings().entrySet()) {
            settings = settings.with(setting.getKey(), setting.getValue());
        }
        Map<String, Tensor> tensors = Architectures.configured(each.network(), 1, 5, settings)
                .modules()
                .randomWeights(20)
                .tensors();
        Map<Group, Pool> pooled = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            Group group = each.groups().stream()
                    .filter(one -> one.has(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing is said of " + name));
            Pool pool = pooled.computeIfAbsent(group, one -> new Pool());
            if (group.spread().constant != null) {
                float[] constants = new float[tensor.values().length];
                Arrays.fill(constants, group.spread().constant);
                assertThatArray(tensor.values()).as(name).isEqualTo(constants);
                return;
            }
            double scale = group.spread().scale(tensors.get(name.replaceFirst("\\.bias$", ".weight")));
            pool.add(group.spread(), name, tensor.values(), scale);
        });
        assertThat(pooled.keySet()).as("groups that have parameters").containsAll(each.own());
        pooled.forEach((group, pool) -> pool.requireSpread(group));
    }

    /** The values of a group, each over its scale: what is left is the form alone. */
    private static final class Pool {
        private int count;
        private double sum;
        private double squares;
        private double fourths;
        private double largest;

        void add(Spread spread, String name, float[] values, double scale) {
            double own = 0;
            for (float value : values) {
                double one = value / scale;
                sum += one;
                own += one * one;
                fourths += one * one * one * one;
                largest = Math.max(largest, Math.abs(one));
            }
            squares += own;
            count += values.length;
            if (values.length >= FEW) {
                // Of each by itself: one that is spread too widely is not evened out by another.
                assertThat(Math.sqrt(own / values.length)).as(name).isCloseTo(spread.deviation(), within(0.06));
            }
        }

        /** Uniform values end at their bound and have a kurtosis of 9/5, normal ones have none and 3. */
        void requireSpread(Group group) {
            if (group.spread().constant != null) {
                return;
            }
            double deviation = group.spread().deviation();
            assertThat(count).as(group.names()).isGreaterThan(500);
            assertThat(sum / count)
                    .as("mean of " + group.names())
                    .isCloseTo(0, within(4 * deviation / Math.sqrt(count)));
            assertThat(Math.sqrt(squares / count)).as(group.names()).isCloseTo(deviation, within(0.1 * deviation));
            double kurtosis = fourths / count / Math.pow(squares / count, 2);
            if (group.spread() == Spread.DEFAULT) {
                assertThat(largest).as(group.names()).isBetween(0.98, 1.000001);
                assertThat(kurtosis).as(group.names()).isCloseTo(1.8, within(0.1));
            } else {
                assertThat(largest).as(group.names()).isBetween(3.0, 8.0);
                assertThat(kurtosis).as(group.names()).isCloseTo(3, within(0.5));
            }
        }
    }
}
