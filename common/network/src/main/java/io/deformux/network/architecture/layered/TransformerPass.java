package io.deformux.network.architecture.layered;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.GuardedNetwork;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A transformer as its TorchScript says it. Owns native memory; close it. One thread. */
final class TransformerPass implements AutoCloseable {
    private final TorchScriptProgram program;
    private final TorchScriptModule module;

    /**
     * Brings a transformer into memory.
     *
     * @param transformer its modules, as {@link io.deformux.network.architecture.blocks.StatesDecoder} says
     * @param methods what they compute
     * @param weights of the whole network, in that precision
     */
    TransformerPass(ModuleTree transformer, Map<String, String> methods, Weights weights, Precision precision) {
        this.program = new TorchScriptProgram(transformer, methods);
        Set<String> names = transformer.shapes().keySet();
        this.module = TorchScriptModule.of(
                program, weights.without(name -> !names.contains(name)), Device.cpu(), precision, false);
    }

    /** The hidden states of an image, the finest first; they live where the image does and belong to the caller. */
    List<FeatureMap> states(FeatureMap image) {
        try (NDArray channelsFirst = image.array().transpose(0, 4, 1, 2, 3)) {
            List<FeatureMap> states = new ArrayList<>();
            for (NDArray state : module.call("states", new NDList(channelsFirst), false)) {
                states.add(new FeatureMap((PtNDArray) state, image.precision()));
            }
            return states;
        }
    }

    /**
     * Checks its layers.
     *
     * @param image (channels, d, h, w)
     */
    void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        int channels = image.remaining() / (d * h * w);
        try (GuardedNetwork guarded = new GuardedNetwork(
                program,
                module.weights(program.root()),
                module.device(),
                module.precision(),
                false,
                proof.voxelSeed())) {
            guarded.prove(image.duplicate(), new Shape(1, channels, d, h, w), proof);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
