package io.deformux.network.proof;

import java.util.List;

/** Reads the records of {@code guard.py}. Stateless. */
final class RecordedSamples {
    private RecordedSamples() {}

    /**
     * The samples of one record: values (samples, outputs), inputs (samples, groups x terms), weight, bias, groups.
     *
     * @param outputs how many values a sample has
     */
    static LayerSamples of(String name, List<float[]> record, int outputs) {
        float[] values = record.get(0);
        float[] inputs = record.get(1);
        int samples = values.length / outputs;
        int each = inputs.length / samples;
        double[][] in = new double[samples][each];
        float[][] out = new float[samples][outputs];
        for (int s = 0; s < samples; s++) {
            for (int i = 0; i < each; i++) {
                in[s][i] = inputs[s * each + i];
            }
            System.arraycopy(values, s * outputs, out[s], 0, outputs);
        }
        return new LayerSamples(name, record.get(2), record.get(3), (int) record.get(4)[0], in, out);
    }
}
