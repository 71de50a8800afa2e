package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.inference.WindowProgress;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.StorageRouter;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.loading.ModelCache;
import io.deformux.worker.infer.outputs.JobOutput;
import io.deformux.worker.infer.result.OutputPublication;
import io.deformux.worker.infer.result.ResultManifests;
import io.deformux.worker.infer.result.UnstoredResults;
import io.deformux.worker.infer.result.WrittenResult;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.ObservedStages;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageClock;
import io.deformux.worker.infer.stage.StageFailure;
import io.deformux.worker.infer.stage.StageObserver;
import java.util.List;
import java.util.Optional;

/**
 * The way of one scan: {@link ScanPreparation} (model, fetch, read, preprocess), the part on the device here, {@link
 * ResultWriting} and {@link ResultStoring}. Knows nothing of Kafka, so the command line runs it too. One job at a time, and
 * the preparation of one other beside it.
 */
public final class SegmentationJob {
    private final ModelCache models;
    private final Segmenter segmenter;
    private final ObservedStages stages;
    private final ScanPreparation preparation;
    private final ResultWriting writing;
    private final ResultStoring storing;

    SegmentationJob(
            SegmentationSettings settings,
            ComputeSettings compute,
            ModelCache models,
            StorageRouter storage,
            ScanReader reader,
            Segmenter segmenter,
            SegmentTable table,
            List<JobOutput> outputs,
            UnstoredResults unstored,
            StageObserver observer) {
        this.models = models;
        this.segmenter = segmenter;
        stages = new ObservedStages(observer);
        preparation = new ScanPreparation(settings, compute, models, storage, reader, segmenter, stages);
        OutputPublication publication = new OutputPublication(storage, outputs);
        writing = new ResultWriting(settings, table, publication);
        storing = new ResultStoring(publication, new ResultManifests(storage), unstored);
    }

    /**
     * Segments the scan and stores the outputs. A job that was done before, on the same input with the same model and
     * settings, and whose outputs are still there, is answered as it was then; else it overwrites them.
     *
     * @throws StageFailure a failure that is understood, and the stage it happened in
     */
    public SegmentationCompleted run(ScanArrived job, WindowProgress progress) {
        Optional<WrittenResult> computed = computed(job);
        if (computed.isPresent()) {
            return resume(computed.get(), JobWatch.of(progress));
        }
        try (PreparedJob prepared = prepare(job)) {
            return run(prepared, JobWatch.of(progress));
        }
    }

    /** What an earlier attempt here has computed and could not store; the caller stores it or gives it back. */
    Optional<WrittenResult> computed(ScanArrived job) {
        return storing.computed(job);
    }

    /** The end of what is kept of a job that has failed for good. */
    void forgetComputed(ScanArrived job) {
        storing.forget(job);
    }

    /** The end of {@link #computed} where there was no attempt after all. */
    void giveBack(WrittenResult computed) {
        storing.giveBack(computed);
    }

    /** Frees the device's memory: the next run loads its model anew. */
    void forgetModel() {
        models.close();
    }

    /** The part that needs no device, as {@link ScanPreparation#prepare} says. */
    PreparedJob prepare(ScanArrived job) {
        return preparation.prepare(job);
    }

    /** The part on the device, and storing. Errors as above; closing what was prepared is the caller's. */
    SegmentationCompleted run(PreparedJob prepared, JobWatch watch) {
        return prepared instanceof AnsweredJob answered ? answered.completed() : run((PreparedScan) prepared, watch);
    }

    private SegmentationCompleted run(PreparedScan prepared, JobWatch watch) {
        watch.requireOwned();
        StageClock clock = prepared.clock();
        LoadedModel model = clock.time(Stage.MODEL, () -> models.load(prepared.model()));
        try {
            return run(prepared, model, watch);
        } finally {
            models.forgetChanged();
        }
    }

    private SegmentationCompleted run(PreparedScan prepared, LoadedModel model, JobWatch watch) {
        StageClock clock = prepared.clock();
        watch.requireOwned();
        WrittenResult written;
        try (Segmentation found = segmenter.segment(
                prepared.preprocessed(),
                model,
                prepared.wish(),
                prepared.scratch().path(),
                stages.watch(watch),
                clock)) {
            prepared.classes().keepWanted(found.labels());
            stages.segmented(found.labels().geometry().shape().voxels());
            written = clock.time(Stage.STORE, () -> writing.write(prepared, model, found, models.deviceName(), watch));
        }
        return storing.store(written, watch);
    }

    /** Goes on with a result that an earlier attempt has computed, as {@link ResultStoring#resume} says. */
    SegmentationCompleted resume(WrittenResult computed, JobWatch watch) {
        return storing.resume(computed, watch);
    }
}
