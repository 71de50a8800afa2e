package io.deformux.jmh;

import io.deformux.inference.MemberMean;
import io.deformux.inference.VolumeSink;
import io.deformux.transform.Softmax;
import io.deformux.worker.infer.probability.DoubtPlane;
import io.deformux.worker.infer.probability.DoubtSums;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What confidence, entropy and disagreement cost beside the softmax before them: a plane of 256 x 256 voxels in 16 classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DoubtBenchmark {
    private static final int CLASSES = 16;
    private static final int VOXELS = 256 * 256;
    private static final int MEMBERS = 5;

    private final float[] logits = new float[CLASSES * VOXELS];
    private final float[] probabilities = new float[CLASSES * VOXELS];
    private final DoubtSums sums = new DoubtSums(CLASSES);
    private final float[] ofMembers = new float[MEMBERS * CLASSES * VOXELS];
    private final float[] entropies = new float[VOXELS];
    private final DoubtSums sumsOfMembers = new DoubtSums(CLASSES);
    private final MemberMean mean = new MemberMean(MEMBERS, CLASSES, new VolumeSink() {
        @Override
        public void accept(int plane, float[] logits) {
            throw new IllegalStateException("an ensemble gives means");
        }

        @Override
        public void acceptMean(int plane, float[] probabilities, float[] memberEntropies) {
            System.arraycopy(memberEntropies, 0, entropies, 0, VOXELS);
        }
    });

    /** The spread of the logits: at 10 nearly all voxels are sure, at 1 hardly any. */
    @Param({"1", "10"})
    private float spread;

    /** Makes the plane. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        for (int n = 0; n < logits.length; n++) {
            logits[n] = spread * (float) random.nextGaussian();
        }
        softmax();
        for (int n = 0; n < ofMembers.length; n++) {
            ofMembers[n] = spread * (float) random.nextGaussian();
        }
        memberMean();
    }

    /** What is computed in any case. */
    @Benchmark
    public float[] softmax() {
        Softmax.overClasses(logits, CLASSES, probabilities, VOXELS);
        return probabilities;
    }

    /** What comes on top of it. */
    @Benchmark
    public DoubtPlane doubt() {
        return sums.accept(probabilities);
    }

    /** The mean of five members' probabilities and of their entropies, in place of one softmax. */
    @Benchmark
    public float[] memberMean() {
        mean.accept(0, ofMembers);
        return entropies;
    }

    /** What comes on top of that. */
    @Benchmark
    public DoubtPlane disagreement() {
        return sumsOfMembers.accept(probabilities, entropies);
    }
}
