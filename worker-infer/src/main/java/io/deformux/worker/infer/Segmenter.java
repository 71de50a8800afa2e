package io.deformux.worker.infer;

import io.deformux.inference.PlaneSink;
import io.deformux.inference.WindowProgress;
import io.deformux.network.ArithmeticChangedException;
import io.deformux.transform.Grids;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageClock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scan and a model to labels on the scan's own grid; knows neither files nor events. One thread at a time. */
final class Segmenter {
    private static final Logger LOG = LoggerFactory.getLogger(Segmenter.class);

    private final long maxVoxels;

    /** A segmenter that refuses scans which grow beyond {@code maxVoxels} at the preset's spacing. */
    Segmenter(long maxVoxels) {
        this.maxVoxels = maxVoxels;
    }

    /** What the network will see of a scan, whose channels lie on one grid. Safe beside {@link #segment}. */
    Preprocessed prepare(List<Volume> scan, Preset preset) {
        return new Preprocessing(preset, maxVoxels).apply(scan);
    }

    /** Segments; a scan with nothing above the intensity window's lower end is all background. */
    LabelMap segment(Preprocessed prepared, LoadedModel model, JobWatch progress, StageClock clock) {
        if (prepared.foreground().isEmpty()) {
            return prepared.grids().background();
        }
        Foreground foreground = prepared.foreground().get();
        LabelRestoration restoration =
                clock.time(Stage.INFER, () -> infer(prepared.grids(), foreground, model, progress));
        progress.requireOwned();
        return clock.time(Stage.RESTORE, restoration::finish);
    }

    /** All windows in one way to compute: where that changes on the way, all are computed again. */
    private static LabelRestoration infer(
            Grids grids, Foreground foreground, LoadedModel model, WindowProgress progress) {
        while (true) {
            LabelRestoration restoration = LabelRestoration.of(
                    grids, foreground.box(), model.manifest().network().outChannels());
            try {
                model.window().run(foreground.image(), foreground.box().shape(), sink(model, restoration), progress);
                return restoration;
            } catch (ArithmeticChangedException e) {
                LOG.warn("the scan is computed again from its first window: {}", e.getMessage());
            }
        }
    }

    private static PlaneSink sink(LoadedModel model, LabelRestoration restoration) {
        return model.window().givesProbabilities() ? restoration::acceptProbabilities : restoration::accept;
    }
}
