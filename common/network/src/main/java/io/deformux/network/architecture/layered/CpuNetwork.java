package io.deformux.network.architecture.layered;

import ai.djl.ndarray.NDManager;
import io.deformux.network.architecture.ForwardPass;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoderConfig;
import io.deformux.network.architecture.blocks.StatesDecoder;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.cpu.Convolutions;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.cpu.LayerObserver;
import io.deformux.network.cpu.TorchLayers;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network that predicts layer by layer, in the order of its {@link LayeredForward}. Owns native memory; close it. One
 * thread at a time.
 */
public final class CpuNetwork implements ForwardPass {
    /** Voxels after which everything is compiled: those of six images of 32³. */
    private static final int PRACTICE = 6 * 32 * 32 * 32;

    private static final List<Integer> SMALL = List.of(32, 32, 32);

    private final NetworkConfig config;
    private final Precision precision;
    private final Kernels kernels;
    private final List<Integer> smallSize;
    private final TorchLayers torch = new TorchLayers();
    private final Convolutions convolutions;
    private final LayeredForward layers;
    private FloatBuffer logits = FloatBuffer.allocate(0);
    private long convolutionNanos;

    private CpuNetwork(
            NetworkConfig config,
            Precision precision,
            ConvolutionSource source,
            Kernels kernels,
            List<Integer> smallSize,
            Preparation layers) {
        this.config = config;
        this.precision = precision;
        this.kernels = kernels;
        this.smallSize = smallSize;
        try {
            this.convolutions = source.convolutions(torch, kernels);
            this.layers = layers.with(convolutions);
        } catch (RuntimeException | Error e) {
            // All that was made lives below it.
            torch.close();
            throw e;
        }
    }

    /** Brings the layers into memory. */
    private interface Preparation {
        LayeredForward with(Convolutions convolutions);
    }

    /**
     * Prepares a network.
     *
     * @param blocks prepares the blocks of its backbone
     * @param weights must fit that configuration
     * @param precision what the maps are stored as
     * @param source computes the convolutions
     */
    public static <B> CpuNetwork of(
            EncoderDecoderConfig<B> config,
            BlockLayers<B> blocks,
            Weights weights,
            Precision precision,
            ConvolutionSource source,
            Kernels kernels) {
        EncoderDecoder<B> modules = config.encoderDecoder();
        modules.root().requireFit(weights);
        Weights rounded = weights.rounded(precision);
        ModulePaths paths = new ModulePaths(modules.root());
        return new CpuNetwork(
                config,
                precision,
                source,
                kernels,
                SMALL,
                convolutions -> new CpuForward(
                        CpuLayers.of(modules, blocks, new LayerWeights(paths, rounded, convolutions, kernels))));
    }

    /**
     * The same for a network whose transformer is computed as its TorchScript says.
     *
     * @param smallSize an image size that it takes, the smaller the better; for practice
     */
    public static CpuNetwork of(
            NetworkConfig config,
            StatesDecoder modules,
            List<Integer> smallSize,
            Weights weights,
            Precision precision,
            ConvolutionSource source,
            Kernels kernels) {
        modules.root().requireFit(weights);
        Weights rounded = weights.rounded(precision);
        ModulePaths paths = new ModulePaths(modules.root());
        return new CpuNetwork(config, precision, source, kernels, smallSize, convolutions -> {
            TransformerPass transformer =
                    new TransformerPass(modules.transformer(), config.methods(), rounded, precision);
            try {
                return StatesForward.of(modules, transformer, new LayerWeights(paths, rounded, convolutions, kernels));
            } catch (RuntimeException | Error e) {
                transformer.close();
                throw e;
            }
        });
    }

    @Override
    public void forward(FloatBuffer images, int n, int d, int h, int w, Consumer<FloatBuffer> result) {
        result.accept(run(images, n, d, h, w, LayerObserver.NOBODY));
    }

    @Override
    public void prove(FloatBuffer image, int d, int h, int w, ArithmeticProof proof) {
        proof.logits(run(image, 1, d, h, w, new ProvingObserver(proof)));
        layers.prove(image, d, h, w, proof);
        convolutions.proven();
    }

    @Override
    public void practise() {
        int d = smallSize.get(0);
        int h = smallSize.get(1);
        int w = smallSize.get(2);
        FloatBuffer image = FloatBuffer.allocate(config.inChannels() * d * h * w);
        for (int voxels = 0; voxels < PRACTICE; voxels += d * h * w) {
            forward(image, 1, d, h, w, result -> {});
        }
    }

    private FloatBuffer run(FloatBuffer images, int n, int d, int h, int w, LayerObserver observer) {
        int voxels = Math.multiplyExact(d, Math.multiplyExact(h, w));
        FloatBuffer output = buffer(Math.multiplyExact(n, Math.multiplyExact(config.outChannels(), voxels)));
        for (int i = 0; i < n; i++) {
            try (NDManager scope = torch.newScope()) {
                FeatureMap image = torch.blank(precision, d, h, w, config.inChannels(), scope);
                FloatBuffer values = images.slice(
                        images.position() + i * config.inChannels() * voxels, config.inChannels() * voxels);
                image.view().setPlanar(values, kernels);
                LayerRun run = new LayerRun(torch, observer, scope);
                layers.run(image, run, output, i * config.outChannels() * voxels);
                convolutionNanos += run.convolutionNanos();
            }
        }
        return output;
    }

    @Override
    public String name() {
        return layers.name(kernels);
    }

    @Override
    public long convolutionNanos() {
        return convolutionNanos;
    }

    /** Made anew only when more is needed. */
    private FloatBuffer buffer(int length) {
        if (logits.capacity() < length) {
            logits = ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return logits.duplicate().limit(length);
    }

    @Override
    public void close() {
        layers.close();
        convolutions.close();
        torch.close();
    }
}
