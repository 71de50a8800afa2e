package io.deformux.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.TrainingPass;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.GuardedNetwork;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network as its archive's TorchScript says, on any device: the tape records what PyTorch computes. Uses a module
 * and does not own it.
 */
final class TorchScriptTrainingPass implements TrainingPass {
    private static final Logger LOG = LoggerFactory.getLogger(TorchScriptTrainingPass.class);

    private final NetworkConfig config;
    private final TorchScriptModule module;
    private final TrainingArithmetic arithmetic;
    private final Map<String, PtNDArray> collecting = new LinkedHashMap<>();

    /**
     * A way through a module.
     *
     * @param module loaded to be trained, a network of that configuration
     * @param arithmetic how it was loaded to compute
     */
    TorchScriptTrainingPass(NetworkConfig config, TorchScriptModule module, TrainingArithmetic arithmetic) {
        this.config = config;
        this.module = module;
        this.arithmetic = arithmetic;
        for (Pair<String, Parameter> entry : module.block().getParameters()) {
            Parameter parameter = entry.getValue();
            collecting.put(parameter.getName(), (PtNDArray) parameter.getArray());
        }
    }

    @Override
    public void requireProven(int n, int d, int h, int w, long seed) {
        ArithmeticProof proof = new ArithmeticProof(arithmetic.tolerance(), seed);
        try (GuardedNetwork guarded = new GuardedNetwork(
                config.program(),
                module.weights(config.modules()),
                module.device(),
                Precision.FP32,
                true,
                proof.voxelSeed(),
                arithmetic.products())) {
            FloatBuffer noise = Noise.of(Math.multiplyExact(n * config.inChannels(), d * h * w), seed);
            guarded.prove(noise, new Shape(n, config.inChannels(), d, h, w), proof);
        }
        ProofReport report = proof.report();
        LOG.info("training by TorchScript: {}", report.summary());
        if (!report.passed()) {
            throw new JobException(
                    FailureCode.ARITHMETIC_UNPROVEN,
                    "this machine's PyTorch computes gradients wrong (" + report.summary()
                            + "): train on another machine, or on the CPU");
        }
    }

    @Override
    public NDArray forward(NDArray images) {
        return module.call("forward", new NDList(images), true).singletonOrThrow();
    }

    @Override
    public NDList outputs(NDArray images) {
        String method = config.lossWeights().size() == 1 ? "forward" : "outputs";
        return module.call(method, new NDList(images), true);
    }

    @Override
    public void backward(GradientTape tape, NDArray scalar) {
        tape.backward(scalar);
    }

    @Override
    public Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        collecting.forEach((name, parameter) -> gradients.put(name, parameter.getGradient()));
        return gradients;
    }

    @Override
    public void clearGradients() {
        collecting.values().forEach(JniUtils::zeroGrad);
    }

    @Override
    public void predict(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        new TorchScriptPass(config, module).forward(images, n, d, h, w, result);
    }
}
