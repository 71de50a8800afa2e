package io.deformux.worker.train.optimization;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.weights.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101) as PyTorch computes it, for all parameters alike: {@code w -= lr wd w;
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g g; w -= lr / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + eps)}. DJL's own
 * Adam leaves out the correction inside the denominator. Floats in the machine's own memory are updated in one pass in Java, since a
 * call into PyTorch per operation and parameter takes longer than the arithmetic. Belongs to one thread; owns its moments, close it.
 */
public final class AdamW implements AutoCloseable {

    /**
     * The settings.
     *
     * @param learningRate lr
     * @param weightDecay wd
     * @param beta1 how much of the first moment stays
     * @param beta2 how much of the second moment stays
     * @param epsilon eps
     */
    public record Settings(double learningRate, double weightDecay, double beta1, double beta2, double epsilon) {

        /** PyTorch's betas and epsilon. */
        public static Settings of(double learningRate, double weightDecay) {
            return new Settings(learningRate, weightDecay, 0.9, 0.999, 1e-8);
        }
    }

    private static final Tensor ALIKE = new Tensor(new int[0], new float[] {1});

    private final Settings settings;
    private final NDManager manager;
    private final Map<String, NDArray> parameters;
    private final Map<String, Tensor> relativeRates;
    private final Map<String, NDArray> first = new LinkedHashMap<>();
    private final Map<String, NDArray> second = new LinkedHashMap<>();
    private long steps;

    /**
     * An optimizer at its first step.
     *
     * @param scope the moments live in a scope below it
     * @param parameters what is optimized, changed in place
     */
    public AdamW(Settings settings, NDManager scope, Map<String, NDArray> parameters) {
        this(settings, scope, parameters, Map.of());
    }

    /**
     * The same where some values have learning rates of their own: a factor on the gradient would change nothing, since the
     * update divides by the gradient's size.
     *
     * @param relativeRates what lr is multiplied by, as {@link NetworkConfig#relativeRates}
     */
    public AdamW(
            Settings settings, NDManager scope, Map<String, NDArray> parameters, Map<String, Tensor> relativeRates) {
        this.settings = settings;
        this.manager = scope.newSubManager();
        this.parameters = new LinkedHashMap<>(parameters);
        this.relativeRates = Map.copyOf(relativeRates);
        parameters.forEach((name, parameter) -> {
            first.put(name, manager.zeros(parameter.getShape(), parameter.getDataType()));
            second.put(name, manager.zeros(parameter.getShape(), parameter.getDataType()));
        });
    }

    /**
     * One step.
     *
     * @param gradients by parameter, shaped as it
     */
    public void step(Map<String, NDArray> gradients) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(settings.beta2, steps));
        double rate = settings.learningRate / (1 - Math.pow(settings.beta1, steps));
        HostUpdate host = new HostUpdate(settings, correction, rate);
        try (NDManager scope = manager.newSubManager()) {
            parameters.forEach((name, w) -> {
                NDArray g = gradients.get(name);
                Tensor relative = relativeRates.getOrDefault(name, ALIKE);
                if (HostUpdate.suits(w)) {
                    host.apply(w, g, first.get(name), second.get(name), relative.values());
                } else {
                    update(scope, w, g, first.get(name), second.get(name), correction, rate, relative);
                }
            });
        }
    }

    private void update(
            NDManager scope,
            NDArray w,
            NDArray g,
            NDArray m,
            NDArray v,
            double correction,
            double rate,
            Tensor relative) {
        // Single numbers stay on the CPU, which PyTorch takes everywhere: bringing each to a GPU would wait for it.
        try (NDManager temporary = scope.newSubManager();
                NDManager numbers = temporary.newSubManager(Device.cpu())) {
            NDManager rates = relative.shape().length == 0 ? numbers : temporary;
            NDArray gradient = g.duplicate();
            gradient.attach(temporary);
            NDArray denominator = v.muli(numbers.create(settings.beta2))
                    .addi(gradient.square().muli(numbers.create(1 - settings.beta2)))
                    .sqrt();
            denominator.attach(temporary);
            denominator.divi(numbers.create(correction)).addi(numbers.create(settings.epsilon));
            m.muli(numbers.create(settings.beta1)).addi(gradient.muli(numbers.create(1 - settings.beta1)));
            NDArray change = m.div(denominator);
            change.attach(temporary);
            double decay = settings.learningRate * settings.weightDecay;
            w.muli(factors(rates, w, relative, each -> 1 - decay * each))
                    .subi(change.muli(factors(rates, w, relative, each -> rate * each)));
        }
    }

    private static NDArray factors(NDManager scope, NDArray like, Tensor relative, DoubleUnaryOperator of) {
        double[] values = new double[relative.values().length];
        Arrays.setAll(values, i -> of.applyAsDouble(relative.values()[i]));
        Shape shape = new Shape(Arrays.stream(relative.shape()).asLongStream().toArray());
        return scope.create(values, shape).toType(like.getDataType(), false);
    }

    /** The number of steps taken. */
    public long steps() {
        return steps;
    }

    /** The first moments, in the order of the parameters; live arrays. */
    public Map<String, NDArray> firstMoments() {
        return first;
    }

    /** The second moments, likewise. */
    public Map<String, NDArray> secondMoments() {
        return second;
    }

    /** Goes on from a state whose moments have been written into the arrays above. */
    public void resumeAt(long stepsTaken) {
        this.steps = stepsTaken;
    }

    @Override
    public void close() {
        manager.close();
    }
}
