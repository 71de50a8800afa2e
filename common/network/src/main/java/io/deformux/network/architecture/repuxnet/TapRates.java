package io.deformux.network.architecture.repuxnet;

import io.deformux.network.weights.Tensor;

/** The rates of the taps of a kernel: {@code a / (a + distance)}, the Euclidean distance from the centre in taps. */
final class TapRates {
    private TapRates() {}

    /** Rates (k, k, k), the same for all channels: 1 at the centre. */
    static Tensor of(int kernel, double a) {
        int centre = kernel / 2;
        float[] rates = new float[kernel * kernel * kernel];
        for (int tap = 0; tap < rates.length; tap++) {
            double i = tap / (kernel * kernel) - centre;
            double j = tap / kernel % kernel - centre;
            double k = tap % kernel - centre;
            rates[tap] = (float) (a / (a + Math.sqrt(i * i + j * j + k * k)));
        }
        return new Tensor(new int[] {kernel, kernel, kernel}, rates);
    }
}
