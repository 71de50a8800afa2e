package io.deformux.worker.infer;

import io.deformux.inference.MemberMean;
import io.deformux.inference.PlaneSink;
import io.deformux.inference.WindowProgress;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;

/** A scan and a model to labels on the scan's own grid; knows neither files nor events. One thread at a time. */
final class Segmenter {
    private final long maxVoxels;

    /** A segmenter that refuses scans which grow beyond {@code maxVoxels} at the preset's spacing. */
    Segmenter(long maxVoxels) {
        this.maxVoxels = maxVoxels;
    }

    /** What the network will see of a scan. Safe beside {@link #segment}. */
    Preprocessed prepare(Volume scan, Preset preset) {
        return new Preprocessing(preset, maxVoxels).apply(scan);
    }

    /** Segments; a scan with nothing above the intensity window's lower end is all background. */
    LabelMap segment(Preprocessed prepared, LoadedModel model, WindowProgress progress, StageClock clock) {
        if (prepared.foreground().isEmpty()) {
            return prepared.grids().background();
        }
        Foreground foreground = prepared.foreground().get();
        LabelRestoration restoration = LabelRestoration.of(
                prepared.grids(), foreground.box(), model.manifest().network().outChannels());
        int members = model.manifest().members().size();
        PlaneSink sink = members == 1
                ? restoration::accept
                : new MemberMean(members, model.manifest().network().outChannels(), restoration::acceptProbabilities);
        clock.time(Stage.INFER, () -> model.window()
                .run(foreground.image(), foreground.box().shape(), sink, progress));
        return clock.time(Stage.RESTORE, restoration::finish);
    }
}
