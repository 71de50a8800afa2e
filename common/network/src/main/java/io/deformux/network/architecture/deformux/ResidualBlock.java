package io.deformux.network.architecture.deformux;

import io.deformux.network.training.Convolution;
import io.deformux.network.training.InstanceNorm;
import io.deformux.network.training.MapKernel;
import io.deformux.network.training.ParallelTasks;
import io.deformux.network.training.RimmedMaps;
import io.deformux.network.training.TrainingKernels;
import java.util.Optional;

/**
 * Two 3x3x3 convolutions with instance norm and LeakyReLU, and a shortcut past them: the input itself, or its projection
 * if the channel counts differ.
 */
public final class ResidualBlock {
    private final Convolution conv1;
    private final Convolution conv2;
    private final Optional<Convolution> conv3;
    private final InstanceNorm norm1;
    private final InstanceNorm norm2;
    private final InstanceNorm norm3;
    private final MapKernel kernel;
    private RimmedMaps first;
    private RimmedMaps hidden;
    private RimmedMaps second;
    private RimmedMaps shortcut;
    private RimmedMaps gradient;
    private RimmedMaps hiddenGradient;

    /** A block of these convolutions, the last one if the channel counts differ. */
    public ResidualBlock(Convolution conv1, Convolution conv2, Optional<Convolution> conv3, TrainingKernels kernels) {
        this.conv1 = conv1;
        this.conv2 = conv2;
        this.conv3 = conv3;
        this.kernel = kernels.maps();
        this.norm1 = new InstanceNorm(kernels);
        this.norm2 = new InstanceNorm(kernels);
        this.norm3 = new InstanceNorm(kernels);
    }

    /** Channels of what it computes. */
    public int outputs() {
        return conv1.outputs();
    }

    /** Computes y; x must stay as it is until {@link #backward}. */
    public void forward(RimmedMaps x, RimmedMaps y) {
        first = y.reuse(first, y.c);
        hidden = y.reuse(hidden, y.c);
        second = y.reuse(second, y.c);
        conv1.forward(x, first);
        norm1.measure(first);
        eachPlane(hidden, (s, c, i) -> {
            join(first, norm1.factor(s, c, first), first, 0, norm1.shift(s, c, first), hidden, s, c, i);
        });
        conv2.forward(hidden, second);
        norm2.measure(second);
        if (conv3.isPresent()) {
            shortcut = y.reuse(shortcut, y.c);
            conv3.get().forward(x, shortcut);
            norm3.measure(shortcut);
            eachPlane(y, (s, c, i) -> {
                float shift = norm2.shift(s, c, second) + norm3.shift(s, c, shortcut);
                join(second, norm2.factor(s, c, second), shortcut, norm3.factor(s, c, shortcut), shift, y, s, c, i);
            });
        } else {
            eachPlane(
                    y,
                    (s, c, i) -> join(second, norm2.factor(s, c, second), x, 1, norm2.shift(s, c, second), y, s, c, i));
        }
    }

    /** y = leaky(a x + b z + shift) */
    private void join(RimmedMaps x, float a, RimmedMaps z, float b, float shift, RimmedMaps y, int s, int c, int i) {
        int at = y.at(s, c, i, 0);
        kernel.combine(x.values, x.at(s, c, i, 0), a, z.values, z.at(s, c, i, 0), b, shift, y.values, at, y.span());
        kernel.leaky(y.values, at, y.span());
        y.clearGaps(s, c, i);
    }

    /**
     * Adds the parameters' gradients and computes that of the input.
     *
     * @param x the input, as it was
     * @param y the output, as it was
     * @param gy its gradient; overwritten
     * @param gx takes the input's gradient; none is computed if it is absent
     */
    public void backward(RimmedMaps x, RimmedMaps y, RimmedMaps gy, Optional<RimmedMaps> gx) {
        gradient = y.reuse(gradient, y.c);
        hiddenGradient = y.reuse(hiddenGradient, y.c);
        leakyGradient(y, gy);
        norm2.gradient(second, gy, gradient);
        conv2.parameterGradients(hidden, gradient);
        conv2.inputGradient(gradient, hiddenGradient, false);
        leakyGradient(hidden, hiddenGradient);
        norm1.gradient(first, hiddenGradient, hiddenGradient);
        conv1.parameterGradients(x, hiddenGradient);
        gx.ifPresent(g -> conv1.inputGradient(hiddenGradient, g, false));
        if (conv3.isPresent()) {
            norm3.gradient(shortcut, gy, gradient);
            conv3.get().parameterGradients(x, gradient);
            gx.ifPresent(g -> conv3.get().inputGradient(gradient, g, true));
        } else {
            gx.ifPresent(g -> g.add(gy));
        }
    }

    private void leakyGradient(RimmedMaps y, RimmedMaps g) {
        eachPlane(
                y, (s, c, i) -> kernel.leakyGradient(y.values, y.at(s, c, i, 0), g.values, g.at(s, c, i, 0), y.span()));
    }

    private interface Plane {
        void visit(int s, int c, int i);
    }

    private static void eachPlane(RimmedMaps maps, Plane visitor) {
        ParallelTasks.forEach(maps.n * maps.c, m -> {
            for (int i = 0; i < maps.d; i++) {
                visitor.visit(m / maps.c, m % maps.c, i);
            }
        });
    }
}
