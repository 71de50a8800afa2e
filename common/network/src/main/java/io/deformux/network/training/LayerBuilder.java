package io.deformux.network.training;

import java.util.Map;
import java.util.Optional;

/**
 * Builds the layers of a network from the parameters at a path of its state dict; sizes are read off their shapes.
 *
 * @param parameters all of the network, by name
 * @param path with a dot at the end unless it is empty
 */
public record LayerBuilder(Map<String, Parameter> parameters, String path, TrainingKernels kernels) {

    /** What builds the layers at a path below this one. */
    public LayerBuilder at(String name) {
        return new LayerBuilder(parameters, path + name + ".", kernels);
    }

    public boolean has(String name) {
        return parameters.containsKey(path + name);
    }

    public Parameter parameter(String name) {
        Parameter parameter = parameters.get(path + name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + path + name);
        }
        return parameter;
    }

    /** A convolution of odd size that keeps the size of its maps. */
    public Convolution convolution() {
        return convolution(ShiftedTerms.same(parameter("weight").shape));
    }

    /** {@code weight} and, if there is one, {@code bias}, as the terms say. */
    public Convolution convolution(ShiftedTerms terms) {
        return new Convolution(parameter("weight"), Optional.ofNullable(parameters.get(path + "bias")), terms, kernels);
    }

    public ChannelNorm norm() {
        return new ChannelNorm(parameter("weight"), parameter("bias"), kernels);
    }

    /** Convolutions {@code conv1}, {@code conv2} and perhaps {@code conv3}. */
    public ResidualBlock residualBlock() {
        return new ResidualBlock(
                at("conv1.conv").convolution(),
                at("conv2.conv").convolution(),
                has("conv3.conv.weight") ? Optional.of(at("conv3.conv").convolution()) : Optional.empty(),
                kernels);
    }
}
