package io.deformux.network.architecture.nnunet;

import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The modules of a U-Net: layers at the paths that the implementation says, and holders above them. First weights are
 * normal after Kaiming for a leaky ReLU, biases 0.
 */
final class UNetModules {
    /** What the kinds of {@code nnunet.py} start with. */
    static final String KINDS = "__torch__.deformux.nnunet.";

    private static final double SLOPE = 0.01;
    private static final Initial ZERO = new Initial.Constant(0);
    private static final Initial ONE = new Initial.Constant(1);

    private final NnUNetConfig config;
    private final UNetImplementation names;
    private final Map<String, ModuleTree> layers = new LinkedHashMap<>();

    /** The modules of a configuration. */
    UNetModules(NnUNetConfig config) {
        this.config = config;
        this.names = config.implementation();
        for (int level = 0; level < config.levels(); level++) {
            encoder(level);
        }
        for (int step = 0; step < config.levels() - 1; step++) {
            decoder(step);
        }
        for (int level = 0; level < names.heads(config.levels(), config.supervised()); level++) {
            layers.put(
                    names.head(level, config.levels()),
                    convolution(
                            names.headBiased(),
                            config.outChannels(),
                            config.features().get(level),
                            UNetBlock.POINT));
        }
    }

    private void encoder(int level) {
        List<Integer> kernel = config.kernels().get(level);
        for (UNetBlock block : names.encoder(config, level)) {
            int in = block.in();
            for (UnitPaths unit : block.units()) {
                boolean last = unit.equals(block.units().get(block.units().size() - 1));
                boolean mute = last && block.shortcut().isPresent() && names.beginsAtShortcuts();
                unit(unit, names.biased(), block.out(), in, kernel, mute ? ZERO : ONE);
                in = block.out();
            }
            block.shortcut()
                    .flatMap(UNetBlock.Shortcut::projection)
                    .ifPresent(projection -> unit(projection, false, block.out(), block.in(), UNetBlock.POINT, ONE));
        }
    }

    private void decoder(int step) {
        int level = config.levels() - 2 - step;
        int out = config.features().get(level);
        int in = config.features().get(level + 1);
        List<Integer> kernel = config.kernels().get(names.kernelLevel(level));
        boolean biased = names.transposedBiased(config.options());
        int[] shape = shape(in, out, config.strides().get(level + 1));
        layers.put(names.doubling(step), convolution(biased, out, shape));
        for (int unit = 0; unit < config.decoderConvolutions().get(level); unit++) {
            unit(names.decoder(step, unit), names.biased(), out, unit == 0 ? 2 * out : out, kernel, ONE);
        }
    }

    private void unit(UnitPaths paths, boolean biased, int out, int in, List<Integer> kernel, Initial norm) {
        layers.put(paths.convolution(), convolution(biased, out, in, kernel));
        Map<String, ModuleParameter> affine =
                config.options().affineNorms() ? parameters(norm, true, out, out) : Map.of();
        layers.put(paths.norm(), new ModuleTree(KINDS + (affine.isEmpty() ? "NormAlone" : "Norm"), affine, Map.of()));
    }

    private static ModuleTree convolution(boolean biased, int out, int in, List<Integer> kernel) {
        return convolution(biased, out, shape(out, in, kernel));
    }

    /** PyTorch counts what follows the first axis as inputs, in a transposed convolution too. */
    private static ModuleTree convolution(boolean biased, int out, int[] shape) {
        long inputs = Arrays.stream(shape).skip(1).asLongStream().reduce(1, (a, b) -> a * b);
        Initial initial = Initial.kaimingNormal(inputs, SLOPE);
        return new ModuleTree(
                KINDS + (biased ? "Convolution" : "Kernel"), parameters(initial, biased, out, shape), Map.of());
    }

    private static Map<String, ModuleParameter> parameters(Initial weight, boolean biased, int out, int... shape) {
        Map<String, ModuleParameter> parameters = new LinkedHashMap<>();
        parameters.put("weight", new ModuleParameter(shape, weight));
        if (biased) {
            parameters.put("bias", new ModuleParameter(new int[] {out}, ZERO));
        }
        return parameters;
    }

    private static int[] shape(int first, int second, List<Integer> kernel) {
        return Stream.concat(Stream.of(first, second), kernel.stream())
                .mapToInt(size -> size)
                .toArray();
    }

    /** The whole network. */
    ModuleTree root() {
        return new ModuleTree(KINDS + "UNet", below(layers));
    }

    /** Layers by path as modules by name, in the order of the state dict. */
    private Map<String, ModuleTree> below(Map<String, ModuleTree> paths) {
        Map<String, Map<String, ModuleTree>> children = new LinkedHashMap<>();
        paths.forEach((path, layer) -> {
            String[] parts = path.split("\\.", 2);
            children.computeIfAbsent(parts[0], name -> new LinkedHashMap<>())
                    .put(parts.length == 1 ? "" : parts[1], layer);
        });
        Map<String, ModuleTree> modules = new LinkedHashMap<>();
        children.keySet().stream().sorted(Comparator.comparingInt(this::place)).forEach(name -> {
            Map<String, ModuleTree> inside = children.get(name);
            modules.put(name, inside.containsKey("") ? inside.get("") : ModuleTree.holder(below(inside)));
        });
        return modules;
    }

    private int place(String name) {
        int place = names.order().indexOf(name);
        return place < 0 ? Integer.parseInt(name) : place;
    }
}
