package io.deformux.jmh;

import io.deformux.inference.Blending;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.inference.WindowProgress;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Resampler;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Resampling and the sliding window on a scan of 256 x 256 x 200 voxels, with a predictor that costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class GeometryBenchmark {
    private static final Shape3 SHAPE = new Shape3(256, 256, 200);
    private static final int CLASSES = 16;

    private final Volume scan = new Volume(
            new Geometry(SHAPE, Affine.of(0.78, 0, 0, 0, 0, 0.78, 0, 0, 0, 0, 1, 0)), new float[SHAPE.length()]);
    private final Geometry coarse =
            new Geometry(new Shape3(134, 134, 101), Affine.of(1.5, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 2, 0));
    private final SlidingWindow window = new SlidingWindow(
            new SlidingWindowSettings(new Shape3(96, 96, 96), 0.25, Blending.CONSTANT, 0.125, 1, false), new Nothing());

    /** The same numbers for every window. */
    private static final class Nothing implements WindowPredictor {
        private final FloatBuffer output = FloatBuffer.allocate(CLASSES * 96 * 96 * 96);

        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            logits.accept(output);
        }
    }

    /** Trilinear, from 0.78 x 0.78 x 1 mm to 1.5 x 1.5 x 2 mm. */
    @Benchmark
    public Volume resample() {
        return Resampler.trilinear(scan, coarse).volume();
    }

    /** Cutting windows and blending 16 classes. */
    @Benchmark
    public void slide() {
        window.run(scan.voxels(), SHAPE, (plane, logits) -> {}, WindowProgress.NONE);
    }
}
