package io.deformux.network.architecture.deformux;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.architecture.deformux.GpuWeights.Block;
import io.deformux.network.architecture.deformux.GpuWeights.Dense;
import io.deformux.network.architecture.deformux.GpuWeights.Level;
import io.deformux.network.architecture.deformux.GpuWeights.Norm;
import io.deformux.network.architecture.deformux.GpuWeights.Residual;
import io.deformux.network.architecture.deformux.GpuWeights.Stage;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.DeviceMap;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.weights.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The forward pass of some images on a GPU, layer by layer: convolutions and the norms between stages by PyTorch, the rest by kernels
 * of our own, on maps that lie channels last throughout. The twin of {@code encoder_decoder.py}. Nothing in it waits for the device.
 * One thread.
 */
final class GpuForward {
    private final GpuWeights weights;
    private final DeviceLayers layers;
    private final MapKernels kernels;
    private final NDManager scope;

    /** A pass whose maps live in {@code scope}. */
    GpuForward(GpuWeights weights, DeviceLayers layers, MapKernels kernels, NDManager scope) {
        this.weights = weights;
        this.layers = layers;
        this.kernels = kernels;
        this.scope = scope;
    }

    /**
     * Predicts.
     *
     * @param images (n, inChannels, d, h, w), floats
     * @return logits (n, outChannels, d, h, w), floats
     */
    PtNDArray run(NDArray images, Precision precision) {
        DeviceMap image = layers.image(images, precision, scope);
        List<DeviceMap> skips = backbone(image);
        skips.add(0, image);
        DeviceMap x = residual(weights.encoders().get(4), skips.get(4));
        for (int level = 4; level >= 1; level--) {
            // Large maps are made as late as possible.
            DeviceMap skip = residual(weights.encoders().get(level - 1), skips.get(level - 1));
            x = decode(weights.decoders().get(4 - level), x, skip);
        }
        try (DeviceMap features = residual(weights.last(), x);
                DeviceMap y = convolve(weights.head(), features)) {
            return layers.logits(y, scope);
        }
    }

    private List<DeviceMap> backbone(DeviceMap image) {
        List<DeviceMap> maps = new ArrayList<>();
        DeviceMap x = image;
        for (Stage stage : weights.stages()) {
            DeviceMap y = down(stage, x);
            if (x != image) {
                x.close();
            }
            x = y;
            for (Block block : stage.blocks()) {
                x = block(block, x);
            }
            maps.add(norm(stage.out(), x));
        }
        x.close();
        return maps;
    }

    private DeviceMap down(Stage stage, DeviceMap x) {
        DeviceMap y;
        if (stage.before().isPresent()) {
            try (DeviceMap normal = norm(stage.before().get(), x)) {
                y = convolve(stage.down(), normal);
            }
        } else {
            y = convolve(stage.down(), x);
        }
        if (stage.after().isEmpty()) {
            return y;
        }
        try (y) {
            return norm(stage.after().get(), y);
        }
    }

    /** A deformable block; closes its input. */
    private DeviceMap block(Block block, DeviceMap x) {
        try (x;
                DeviceMap offsets = convolve(block.offsets(), x)) {
            DeviceMap y = layers.blank(x, scope);
            kernels.deform(x, offsets, block.weight(), block.bias(), y);
            kernels.blockEnd(y, x, block.table());
            return y;
        }
    }

    /** A residual block; closes its input. */
    private DeviceMap residual(Residual block, DeviceMap x) {
        try (x;
                DeviceMap first = convolve(block.first(), x)) {
            kernels.activate(first, Optional.empty(), false, scope);
            DeviceMap y = convolve(block.second(), first);
            if (block.projection().isPresent()) {
                try (DeviceMap shortcut = convolve(block.projection().get(), x)) {
                    kernels.activate(y, Optional.of(shortcut), true, scope);
                }
            } else {
                kernels.activate(y, Optional.of(x), false, scope);
            }
            return y;
        }
    }

    /** A level of the decoder; closes both inputs. */
    private DeviceMap decode(Level level, DeviceMap x, DeviceMap skip) {
        DeviceMap joined;
        try (x;
                skip) {
            joined = layers.joined(x, level.doubling(), skip, scope);
        }
        return residual(level.block(), joined);
    }

    private DeviceMap convolve(Dense layer, DeviceMap x) {
        return layers.convolve(x, layer.weight(), layer.bias(), layer.stride(), layer.padding(), scope);
    }

    private DeviceMap norm(Norm norm, DeviceMap x) {
        return layers.norm(x, norm.weight(), norm.bias(), scope);
    }
}
