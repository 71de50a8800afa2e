package io.deformux.network;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.List;

/** Runs a network through the layer-by-layer forward pass with given kernels. */
public final class FastProbe {
    private FastProbe() {}

    /** Logits (n, classes, d, h, w) of images (n, channels, d, h, w). */
    public static Values forward(
            DeformUxNetConfig config, Weights weights, Precision precision, Kernels kernels, Values image) {
        try (PredictingNetwork network = network(config, weights, precision, kernels)) {
            return forward(network, image);
        }
    }

    /** The same by a network, however it computes. */
    public static Values forward(PredictingNetwork network, Values image) {
        int[] s = image.shape();
        int classes = network.config().outChannels();
        float[] input = new float[image.values().length];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) image.values()[i];
        }
        double[] logits = new double[s[0] * classes * s[2] * s[3] * s[4]];
        network.forward(FloatBuffer.wrap(input), s[0], s[2], s[3], s[4], view -> {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = view.get(i);
            }
        });
        return new Values(new int[] {s[0], classes, s[2], s[3], s[4]}, logits);
    }

    /** The ways in which a device computes a network as float, best first. */
    public static List<Arithmetic> inFloat(DeformUxNetConfig config, Device device) {
        return PrecisionChoice.FP32.on(device).of(config, device).allowed();
    }

    /** The network that does it. */
    static PredictingNetwork network(NetworkConfig config, Weights weights, Precision precision, Kernels kernels) {
        Arithmetic arithmetic = Arithmetic.of(precision, Device.cpu());
        return new PredictingNetwork(
                config, arithmetic, NetworkPasses.onCpu(config, weights, arithmetic.precision(), arithmetic, kernels));
    }
}
