package io.deformux.network.library;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Lets PyTorch compute one convolution several times and compares sampled values with {@link ExactConvolution} on the same
 * inputs. Every value is also looked at for being finite. Owns native memory; one thread.
 */
final class ShapeTrial implements AutoCloseable {
    /** What goes wrong by memory that nobody set does not go wrong every time. */
    private static final int REPETITIONS = 3;

    private static final int SAMPLED_VOXELS = 12;
    private static final int SAMPLED_WEIGHTS = 48;
    /** PyTorch's number of float. */
    private static final int FLOAT = 6;

    private static final int BFLOAT16 = 15;

    private final TrialModule forward;
    private final TrialModule gradients;

    ShapeTrial() throws IOException, MalformedModelException {
        forward = TrialModule.load("Forward");
        gradients = TrialModule.load("Gradients");
    }

    /** The worst error of the result, in float or in bfloat16; infinite if a value is not finite. */
    double forward(TriedConvolution shape, boolean bfloat16, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = values(random, shape.inLength(), bfloat16);
        float[] w = values(random, shape.weights(), bfloat16);
        ExactConvolution exact = new ExactConvolution(shape);
        ExpectedValues expected = ExpectedValues.ofMap(
                shape.batch(),
                shape.out(),
                shape.outVoxels(),
                SAMPLED_VOXELS,
                random,
                (sample, channel, voxel) -> exact.result(x, w, sample, channel, voxel));
        double worst = 0;
        for (int n = 0; n < REPETITIONS; n++) {
            worst = Math.max(worst, expected.error(result(shape, x, w, bfloat16), 0, shape.outLength()));
        }
        return worst;
    }

    /** The worst error of the gradients of input and weights, in float; infinite if a value is not finite. */
    double gradients(TriedConvolution shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = values(random, shape.inLength(), false);
        float[] w = values(random, shape.weights(), false);
        float[] g = values(random, shape.outLength(), false);
        ExactConvolution exact = new ExactConvolution(shape);
        ExpectedValues ofInput = ExpectedValues.ofMap(
                shape.batch(),
                shape.in(),
                shape.voxels(),
                SAMPLED_VOXELS,
                random,
                (sample, channel, voxel) -> exact.inputGradient(g, w, sample, channel, voxel));
        ExpectedValues ofWeights = ExpectedValues.ofArray(
                shape.weights(), SAMPLED_WEIGHTS, random, index -> exact.weightGradient(x, g, index));
        double worst = 0;
        for (int n = 0; n < REPETITIONS; n++) {
            float[] both = gradients(shape, x, w, g);
            worst = Math.max(worst, ofInput.error(both, 0, x.length));
            worst = Math.max(worst, ofWeights.error(both, x.length, w.length));
        }
        return worst;
    }

    private float[] result(TriedConvolution shape, float[] x, float[] w, boolean bfloat16) {
        try (NDManager scope = forward.newScope()) {
            NDList inputs = new NDList(
                    scope.create(x, shape.inSizes()),
                    scope.create(w, shape.weightSizes()),
                    scope.create(shape.how(bfloat16 ? BFLOAT16 : FLOAT)));
            return forward.run(inputs, false);
        }
    }

    private float[] gradients(TriedConvolution shape, float[] x, float[] w, float[] g) {
        // Without a collector DJL keeps PyTorch from recording what it would differentiate.
        try (GradientCollector recording = Engine.getEngine("PyTorch").newGradientCollector();
                NDManager scope = gradients.newScope()) {
            NDList inputs = new NDList(
                    scope.create(x, shape.inSizes()),
                    scope.create(w, shape.weightSizes()),
                    scope.create(g, shape.outSizes()),
                    scope.create(shape.how(FLOAT)));
            return gradients.run(inputs, true);
        }
    }

    /** Uniform in [-1, 1), with all bits of a float or cut off after those of bfloat16. */
    private static float[] values(SplittableRandom random, int count, boolean bfloat16) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float value = (random.nextInt() >> 7) * 0x1p-24f;
            values[i] = bfloat16 ? Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xFFFF0000) : value;
        }
        return values;
    }

    @Override
    public void close() {
        forward.close();
        gradients.close();
    }
}
