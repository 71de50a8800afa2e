package io.deformux.worker.infer;

import io.deformux.inference.WindowProgress;
import io.deformux.network.ArithmeticChangedException;
import io.deformux.transform.Grids;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.probability.Certainty;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageClock;
import java.nio.file.Path;
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

    /**
     * Segments; a scan with nothing above the intensity window's lower end is all background.
     *
     * @param wish which maps of probabilities it is to have
     * @param scratch where their files go
     */
    Segmentation segment(
            Preprocessed prepared, LoadedModel model, MapWish wish, Path scratch, JobWatch progress, StageClock clock) {
        if (prepared.foreground().isEmpty()) {
            return new Segmentation(prepared.grids().background(), Certainty.UNKNOWN);
        }
        Foreground foreground = prepared.foreground().get();
        Inference inference =
                clock.time(Stage.INFER, () -> infer(prepared.grids(), foreground, model, wish, scratch, progress));
        try {
            progress.requireOwned();
            return clock.time(Stage.RESTORE, inference::finish);
        } catch (RuntimeException | Error e) {
            inference.close();
            throw e;
        }
    }

    /** All windows in one way to compute: where that changes on the way, all are computed again. */
    private static Inference infer(
            Grids grids,
            Foreground foreground,
            LoadedModel model,
            MapWish wish,
            Path scratch,
            WindowProgress progress) {
        Preset preset = model.manifest().preset();
        while (true) {
            Inference inference =
                    Inference.begin(grids, foreground.box(), preset.classes().size(), preset.rule(), wish, scratch);
            try {
                model.window().run(foreground.image(), foreground.box().shape(), inference, progress);
                return inference;
            } catch (ArithmeticChangedException e) {
                inference.close();
                LOG.warn("the scan is computed again from its first window: {}", e.getMessage());
            } catch (RuntimeException | Error e) {
                inference.close();
                throw e;
            }
        }
    }
}
