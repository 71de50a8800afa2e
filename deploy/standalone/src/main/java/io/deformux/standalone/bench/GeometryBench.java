package io.deformux.standalone.bench;

import io.deformux.inference.Blending;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.inference.WindowProgress;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Everything around the network, with a predictor that costs next to nothing: a scan of 512 x 512 x 200, preset amos, 16
 * classes, windows of 96³ with overlap 0.25. Meant for a process of its own, whose peak memory it reports.
 */
public final class GeometryBench {
    private static final String PART = "geometry";
    private static final int SLICES = 200;
    private static final double SECOND = 1e9;

    /** The input scaled by a different number per class, so that the classes compete. */
    private static final class Trivial implements WindowPredictor {
        private final int classes;
        private FloatBuffer output = FloatBuffer.allocate(0);

        Trivial(int classes) {
            this.classes = classes;
        }

        @Override
        public int classes() {
            return classes;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            int length = batch * classes * roi.length();
            if (output.capacity() < length) {
                output = FloatBuffer.allocate(length);
            }
            FloatBuffer values = output;
            IntStream.range(0, batch * classes).parallel().forEach(c -> {
                float[] line = new float[roi.length()];
                windows.get(c / classes * roi.length(), line);
                for (int v = 0; v < line.length; v++) {
                    line[v] *= 1 + (c * 5 + v / 4096) % 7;
                }
                values.put(c * roi.length(), line);
            });
            logits.accept(output.duplicate().limit(length));
        }
    }

    /** Measures. */
    public List<Figure> run() {
        Volume scan = GeneratedScan.of(SLICES);
        int classes = Preset.AMOS.classes().size();
        long start = System.nanoTime();
        Preprocessed prepared = new Preprocessing(Preset.AMOS, Integer.MAX_VALUE).apply(scan);
        Foreground foreground = prepared.foreground().orElseThrow();
        double preprocessing = (System.nanoTime() - start) / SECOND;

        LabelRestoration restoration = LabelRestoration.of(prepared.grids(), foreground.box(), classes);
        long[] restoring = new long[1];
        SlidingWindow window = new SlidingWindow(
                new SlidingWindowSettings(
                        new Shape3(96, 96, 96), 0.25, Blending.CONSTANT, SlidingWindowSettings.SIGMA_SCALE, 1, false),
                new Trivial(classes));
        start = System.nanoTime();
        window.run(
                foreground.image(),
                foreground.box().shape(),
                (plane, logits) -> {
                    long before = System.nanoTime();
                    restoration.accept(plane, logits);
                    restoring[0] += System.nanoTime() - before;
                },
                WindowProgress.NONE);
        double both = (System.nanoTime() - start) / SECOND;
        start = System.nanoTime();
        restoration.finish();
        double restore = (restoring[0] + System.nanoTime() - start) / SECOND;
        double blending = both - restoring[0] / SECOND;
        return List.of(
                new Figure(PART, "preprocessing of 512 x 512 x 200, preset amos", preprocessing, "s"),
                new Figure(PART, "windows and blending, 16 classes", blending, "s"),
                new Figure(PART, "softmax, inverse and arg max", restore, "s"),
                new Figure(PART, "the three together", preprocessing + blending + restore, "s"),
                new Figure(PART, "peak memory of the process", PeakMemory.megabytes(), "MB"));
    }
}
