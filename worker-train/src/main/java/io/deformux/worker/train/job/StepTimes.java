package io.deformux.worker.train.job;

/**
 * Where the time of the steps of a run went, in seconds altogether.
 *
 * @param steps how many
 * @param data waiting for batches and handing them to the device
 * @param forward network and loss
 * @param backward gradient
 * @param update optimizer
 * @param validation validations
 */
public record StepTimes(int steps, double data, double forward, double backward, double update, double validation) {
    private static final double SECOND = 1e9;

    /** Nothing yet. */
    static final StepTimes ZERO = new StepTimes(0, 0, 0, 0, 0, 0);

    /** With one more step, in ns. */
    StepTimes step(long dataNanos, long forwardNanos, long backwardNanos, long updateNanos) {
        return new StepTimes(
                steps + 1,
                data + dataNanos / SECOND,
                forward + forwardNanos / SECOND,
                backward + backwardNanos / SECOND,
                update + updateNanos / SECOND,
                validation);
    }

    /** With one more validation, in ns. */
    StepTimes validation(long nanos) {
        return new StepTimes(steps, data, forward, backward, update, validation + nanos / SECOND);
    }

    /** All but validations, in seconds. */
    double training() {
        return data + forward + backward + update;
    }

    /** How much of the time of a step is spent waiting for data, 0 to 1. */
    public double dataShare() {
        return training() == 0 ? 0 : data / training();
    }

    @Override
    public String toString() {
        return "%d steps: data %.1f ms (%.1f %%), forward %.1f ms, backward %.1f ms, update %.1f ms each; validation %.1f s"
                .formatted(
                        steps, each(data), 100 * dataShare(), each(forward), each(backward), each(update), validation);
    }

    private double each(double seconds) {
        return steps == 0 ? 0 : 1000 * seconds / steps;
    }
}
