package io.deformux.network.proof;

import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.kernel.MapView;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Checks the layers of one pass against plain float64, each at the corners of its map and at random places, in all output
 * channels. One thread.
 */
public final class ArithmeticProof {
    private static final int CORNERS = 8;
    private static final int VOXELS = 24;

    private final Tolerance tolerance;
    private final long seed;
    private final Random random;
    private final List<String> faults = new ArrayList<>();
    private int layers;
    private double worst;
    private long nanos;

    /**
     * A proof that has seen nothing yet.
     *
     * @param seed chooses the voxels
     */
    public ArithmeticProof(Tolerance tolerance, long seed) {
        this.tolerance = tolerance;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** The next small number that chooses voxels, 0 to 999. */
    public int voxelSeed() {
        return random.nextInt(1000);
    }

    /** Checks a convolution: y should be c(x). */
    public void check(DenseConvolution c, MapView x, MapView y) {
        long start = System.nanoTime();
        check(MapSamples.of(c, x, y, voxels(y)));
        nanos += System.nanoTime() - start;
    }

    /** The same for a depthwise convolution. */
    public void check(DepthwisePass c, MapView x, MapView y) {
        long start = System.nanoTime();
        DepthwiseSamples samples = new DepthwiseSamples(c, x, y, voxels(y));
        note(samples.name(), samples.worst());
        nanos += System.nanoTime() - start;
    }

    /**
     * Checks what a guarded archive has recorded, {@code guard.py} beside the network's text: five arrays a record.
     *
     * @param outputs per record the values of one sample
     */
    public void check(List<float[]> records, List<Integer> outputs) {
        long start = System.nanoTime();
        for (int r = 0; r < outputs.size(); r++) {
            check(RecordedSamples.of("record " + r, records.subList(5 * r, 5 * r + 5), outputs.get(r)));
        }
        nanos += System.nanoTime() - start;
    }

    /**
     * Checks a whole map that was computed elsewhere too.
     *
     * @param expected the exact values; an error is relative to its value or, for small ones, to the root of their mean square
     */
    public void check(String name, float[] values, double[] expected) {
        long start = System.nanoTime();
        double usual =
                Math.sqrt(Arrays.stream(expected).map(v -> v * v).average().orElse(0));
        double error = values.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < expected.length && error < Double.POSITIVE_INFINITY; i++) {
            double off = Math.abs(values[i] - expected[i]);
            double relative = off == 0 ? 0 : off / Math.max(Math.abs(expected[i]), usual);
            error = Double.isNaN(relative) ? Double.POSITIVE_INFINITY : Math.max(error, relative);
        }
        note(name, error);
        nanos += System.nanoTime() - start;
    }

    private void check(LayerSamples samples) {
        note(samples.name(), samples.worst());
    }

    private void note(String name, double error) {
        layers++;
        worst = Math.max(worst, error);
        if (!(error <= tolerance.worst())) {
            faults.add(String.format(Locale.ROOT, "%s is off by %.1e", name, error));
        }
    }

    /** Checks the whole of a network whose layers nobody knows: two results of one image are finite and the same. */
    public void repeated(FloatBuffer first, FloatBuffer again) {
        logits(first);
        layers++;
        double scale = 0;
        double difference = 0;
        for (int n = 0; n < first.remaining(); n++) {
            float one = first.get(first.position() + n);
            scale = Math.max(scale, Math.abs(one));
            difference = Math.max(difference, Math.abs(one - again.get(again.position() + n)));
        }
        double error = difference == 0 ? 0 : difference / scale;
        worst = Math.max(worst, error);
        if (!(error <= tolerance.worst())) {
            faults.add(String.format(Locale.ROOT, "the output differs by %.1e when it is computed again", error));
        }
    }

    /** Checks that what came out at the end is finite. */
    public void logits(FloatBuffer values) {
        if (!Finite.all(values)) {
            worst = Double.POSITIVE_INFINITY;
            faults.add("the output is not finite");
        }
    }

    /** What was found so far. */
    public ProofReport report() {
        return new ProofReport(layers, worst, faults, seed, nanos);
    }

    private int[] voxels(MapView y) {
        int[] voxels = new int[VOXELS];
        for (int corner = 0; corner < CORNERS; corner++) {
            int d = (corner & 4) == 0 ? 0 : y.d() - 1;
            int h = (corner & 2) == 0 ? 0 : y.h() - 1;
            int w = (corner & 1) == 0 ? 0 : y.w() - 1;
            voxels[corner] = (d * y.h() + h) * y.w() + w;
        }
        for (int i = CORNERS; i < VOXELS; i++) {
            voxels[i] = random.nextInt(y.voxels());
        }
        return voxels;
    }
}
