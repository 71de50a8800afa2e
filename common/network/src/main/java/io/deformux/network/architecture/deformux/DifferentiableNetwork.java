package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.training.Parameter;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.TrainingKernels;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network as a CPU trains it. A step is: set the {@link #parameters}, {@link #forward}, {@link #backward}, read the
 * parameters' gradients, {@link #clearGradients}. Keeps its maps for the next step. One thread at a time.
 */
final class DifferentiableNetwork {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Backbone backbone;
    private final Decoder decoder;
    private final RimmedMaps[] skips = new RimmedMaps[Backbone.STAGES];
    private final RimmedMaps[] skipGradients = new RimmedMaps[Backbone.STAGES];
    private RimmedMaps image;
    private RimmedMaps logits;
    private RimmedMaps logitsGradient;

    /** A network whose parameters are zero. */
    DifferentiableNetwork(EncoderDecoder<DeformableModules> modules, TrainingKernels kernels) {
        modules.root().shapes().forEach((name, shape) -> parameters.put(name, new Parameter(shape)));
        TrainingLayers layers = new TrainingLayers(new ModulePaths(modules.root()), parameters, kernels);
        this.backbone = new Backbone(modules.stages(), layers);
        this.decoder = new Decoder(modules, layers);
    }

    /** By state-dict name, in the order given. */
    public Map<String, Parameter> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * Computes logits.
     *
     * @param images (n, channels, d, h, w) from position 0, sizes that are multiples of 16
     * @param output takes (n, classes, d, h, w) from position 0
     */
    public void forward(FloatBuffer images, int n, int channels, int d, int h, int w, FloatBuffer output) {
        image = RimmedMaps.reuse(image, n, channels, d, h, w, 1);
        logits = image.reuse(logits, decoder.classes());
        for (int i = 0; i < Backbone.STAGES; i++) {
            skips[i] = RimmedMaps.reuse(skips[i], n, backbone.channels(i), d >> (i + 1), h >> (i + 1), w >> (i + 1), 1);
        }
        image.read(images);
        backbone.forward(image, skips);
        decoder.forward(image, skips, logits);
        logits.write(output);
    }

    /**
     * Adds the gradients of all parameters, after {@link #forward}.
     *
     * @param gradient of the logits, shaped as they are, from position 0
     */
    public void backward(FloatBuffer gradient) {
        logitsGradient = logits.reuse(logitsGradient, logits.channels());
        logitsGradient.read(gradient);
        for (int i = 0; i < Backbone.STAGES; i++) {
            skipGradients[i] = skips[i].reuse(skipGradients[i], skips[i].channels());
        }
        decoder.backward(image, skips, logitsGradient, skipGradients);
        backbone.backward(image, skipGradients);
    }

    /** Sets every gradient to 0. */
    public void clearGradients() {
        parameters.values().forEach(Parameter::clearGradient);
    }
}
