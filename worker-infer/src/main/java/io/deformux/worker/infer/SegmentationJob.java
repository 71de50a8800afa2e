package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.inference.WindowProgress;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.Use;
import io.deformux.transform.Preprocessed;
import io.deformux.volume.HeapRoom;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.loading.ModelCache;
import io.deformux.worker.infer.outputs.JobOutput;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.SegmentedScan;
import io.deformux.worker.infer.result.OutputPublication;
import io.deformux.worker.infer.result.ResultManifests;
import io.deformux.worker.infer.result.ResultPlace;
import io.deformux.worker.infer.result.ResultSettings;
import io.deformux.worker.infer.result.UnstoredResults;
import io.deformux.worker.infer.result.WrittenResult;
import io.deformux.worker.infer.scan.Findings;
import io.deformux.worker.infer.scan.Plausibility;
import io.deformux.worker.infer.scan.Scan;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.ObservedStages;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageClock;
import io.deformux.worker.infer.stage.StageFailure;
import io.deformux.worker.infer.stage.StageObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one scan: model, fetch, read, segment, store. Knows nothing of Kafka, so the command line runs it too. One
 * job at a time, and the preparation of one other beside it.
 */
public final class SegmentationJob {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentationJob.class);

    private final SegmentationSettings settings;
    private final ComputeSettings compute;
    private final ModelCache models;
    private final StorageRouter storage;
    private final ScanReader reader;
    private final Segmenter segmenter;
    private final List<JobOutput> outputs;
    private final OutputPublication publication;
    private final ResultManifests manifests;
    private final UnstoredResults unstored;
    private final ObservedStages stages;

    SegmentationJob(
            SegmentationSettings settings,
            ComputeSettings compute,
            ModelCache models,
            StorageRouter storage,
            ScanReader reader,
            Segmenter segmenter,
            List<JobOutput> outputs,
            UnstoredResults unstored,
            StageObserver observer) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.compute = Objects.requireNonNull(compute, "compute");
        this.models = Objects.requireNonNull(models, "models");
        this.storage = Objects.requireNonNull(storage, "storage");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.segmenter = Objects.requireNonNull(segmenter, "segmenter");
        this.outputs = List.copyOf(outputs);
        this.publication = new OutputPublication(storage, outputs);
        this.manifests = new ResultManifests(storage);
        this.unstored = Objects.requireNonNull(unstored, "unstored");
        this.stages = new ObservedStages(observer);
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
        return unstored.take(job);
    }

    /** The end of {@link #computed} where there was no attempt after all. */
    void giveBack(WrittenResult computed) {
        unstored.keep(computed);
    }

    /** Frees the device's memory: the next run loads its model anew. */
    void forgetModel() {
        models.close();
    }

    /**
     * The part that needs no device: model package, fetch, and read and preprocess unless the job was done before. One at
     * a time, beside the other part of another job. Errors as above; leaves nothing behind then.
     */
    PreparedJob prepare(ScanArrived job) {
        StageClock clock = stages.clock(settings.stageLimit(), job.jobId());
        requirePlaces(job);
        ModelPackage model = clock.time(Stage.MODEL, () -> models.find(job.model()));
        clock.time(Stage.MODEL, () -> compute.nativeRoom().ifPresent(ModelNeeds.of(model)::require));
        Scratch scratch = clock.time(Stage.FETCH, () -> Scratch.in(settings.scratch()));
        try {
            PreparedJob prepared = prepare(job, model, scratch, clock);
            if (prepared instanceof AnsweredJob) {
                scratch.close();
            }
            return prepared;
        } catch (RuntimeException | Error e) {
            scratch.close();
            requireInputRoot(job);
            throw e;
        }
    }

    private PreparedJob prepare(ScanArrived job, ModelPackage model, Scratch scratch, StageClock clock) {
        FetchedInput input = clock.time(
                Stage.FETCH, () -> storage.fetch(job.input().uri(), job.input().sha256(), scratch));
        ResultPlace place = ResultPlace.of(job, input, model);
        ResultSettings made = ResultSettings.of(job, settings, compute);
        Optional<SegmentationCompleted> before = clock.time(Stage.STORE, () -> manifests.find(place, made));
        if (before.isPresent()) {
            return new AnsweredJob(before.get());
        }
        Scan scan = clock.time(Stage.READ, () -> reader.read(input.path(), job.input()));
        List<Warning> warnings = clock.time(
                Stage.READ, () -> Findings.warnings(scan, model.manifest().preset()));
        Preprocessed preprocessed = clock.time(
                Stage.PREPROCESS,
                () -> segmenter.prepare(scan.volume(), model.manifest().preset()));
        clock.time(Stage.PREPROCESS, () -> JobNeeds.of(
                        scan.volume().geometry().shape(),
                        preprocessed.foreground().map(found -> found.box().shape()),
                        model.manifest().network().outChannels(),
                        model.manifest().window().roi().get(0))
                .require(HeapRoom.here().bytes(), scratch.path().toFile().getUsableSpace()));
        return new PreparedScan(job, model, scratch, input, place, made, scan, warnings, preprocessed, clock);
    }

    /** What is missing because all of its root went away is not missing by this job's fault. */
    private void requireInputRoot(ScanArrived job) {
        try {
            storage.requirePresent(job.input().uri(), Use.READ);
        } catch (JobException e) {
            throw new StageFailure(Stage.FETCH, e);
        }
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
        LabelMap labels = segmenter.segment(prepared.preprocessed(), model, stages.watch(watch), clock);
        stages.segmented(labels.geometry().shape().voxels());
        return store(clock.time(Stage.STORE, () -> write(prepared, model, labels, watch)), watch);
    }

    /**
     * Goes on with a result that an earlier attempt has computed, and owns it: another worker may have done the job
     * meanwhile, or written over what was stored.
     */
    SegmentationCompleted resume(WrittenResult computed, JobWatch watch) {
        try {
            Optional<SegmentationCompleted> before =
                    computed.clock().time(Stage.STORE, () -> manifests.find(computed.place(), computed.settings()));
            if (before.isPresent()) {
                computed.close();
                return before.get();
            }
            computed.clock().time(Stage.STORE, () -> publication.forgetChanged(computed));
        } catch (JobException e) {
            unstored.keep(computed);
            throw e;
        }
        return store(computed, watch);
    }

    /**
     * Stores what is left of a computed result, and owns it. What the storage does not take now is kept for the next attempt.
     */
    SegmentationCompleted store(WrittenResult computed, JobWatch watch) {
        boolean keep = false;
        try {
            computed.clock().time(Stage.STORE, () -> publication.store(computed, watch));
            SegmentationCompleted completed = computed.completed();
            watch.requireOwned();
            computed.clock()
                    .time(
                            Stage.STORE,
                            () -> manifests.write(
                                    computed.place(), computed.settings(), completed, computed.scratch()));
            return completed;
        } catch (JobException e) {
            keep = e.code() != FailureCode.JOB_CANCELLED && e.code().retryable();
            throw e;
        } finally {
            if (keep) {
                unstored.keep(computed);
            } else {
                computed.close();
            }
        }
    }

    /** Early, since nobody should wait for a network to learn that its result has no place. */
    private void requirePlaces(ScanArrived job) {
        try {
            for (JobOutput output : outputs) {
                storage.requireTakes(
                        ResultPlace.location(job, output.role()), output.role().mediaType());
                storage.requirePresent(ResultPlace.location(job, output.role()), Use.STORE);
            }
        } catch (JobException e) {
            throw new StageFailure(Stage.STORE, e);
        }
    }

    /** Writes the outputs into a folder of their own, so that they can outlive the scan. */
    private WrittenResult write(PreparedScan prepared, LoadedModel loaded, LabelMap labels, JobWatch watch) {
        ScanArrived job = prepared.job();
        ModelPackage model = loaded.model();
        List<Warning> warnings = new ArrayList<>(prepared.warnings());
        warnings.addAll(Plausibility.of(labels, model.manifest().preset().classes()));
        SegmentedScan found = new SegmentedScan(
                prepared.place().identity() + "\n" + prepared.made().labels(),
                model.id(),
                model.digest(),
                model.manifest().preset(),
                prepared.scan().volume(),
                prepared.scan().source(),
                ResultSettings.segKind(job, settings),
                labels,
                List.copyOf(warnings));
        Map<OutputRole, Warning> leftOut = publication.leftOut(found);
        warnings.addAll(leftOut.values());
        Findings.log(LOG, Findings.input(prepared.scan()), warnings);
        SegmentedScan result = found.with(warnings);
        Scratch scratch = Scratch.in(settings.scratch());
        try {
            Map<OutputRole, Path> files = publication.write(result, leftOut.keySet(), scratch, watch);
            ResultEvent event =
                    ResultEvent.of(prepared, loaded, labels, warnings, models.deviceName(), settings.softwareVersion());
            return new WrittenResult(
                    prepared.place(), prepared.made(), files, scratch, prepared.clock(), event::naming);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }
}
