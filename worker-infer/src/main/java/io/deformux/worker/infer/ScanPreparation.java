package io.deformux.worker.infer;

import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.MemoryBesideHeap;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.Use;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preset;
import io.deformux.volume.HeapRoom;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.loading.ModelCache;
import io.deformux.worker.infer.outputs.ClassChoice;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.result.ResultManifests;
import io.deformux.worker.infer.result.ResultPlace;
import io.deformux.worker.infer.result.ResultSettings;
import io.deformux.worker.infer.result.UnmetWish;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.ObservedStages;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageClock;
import io.deformux.worker.infer.stage.StageFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a job that needs no device: model package, fetch, read, preprocess. One at a time, beside the other part of
 * another job.
 */
final class ScanPreparation {
    private final SegmentationSettings settings;
    private final ComputeSettings compute;
    private final ModelCache models;
    private final StorageRouter storage;
    private final ScanReader reader;
    private final Segmenter segmenter;
    private final ResultManifests manifests;
    private final ObservedStages stages;

    ScanPreparation(
            SegmentationSettings settings,
            ComputeSettings compute,
            ModelCache models,
            StorageRouter storage,
            ScanReader reader,
            Segmenter segmenter,
            ObservedStages stages) {
        this.settings = settings;
        this.compute = compute;
        this.models = models;
        this.storage = storage;
        this.reader = reader;
        this.segmenter = segmenter;
        this.manifests = new ResultManifests(storage);
        this.stages = stages;
    }

    /**
     * Prepares a scan, unless the job was done before.
     *
     * @throws StageFailure a failure that is understood, and the stage it happened in; nothing is left behind then
     */
    PreparedJob prepare(ScanArrived job) {
        StageClock clock = stages.clock(settings.stageLimit(), job.jobId());
        ResultSettings made = ResultSettings.of(job, settings, compute);
        requirePlaces(job, made.roles());
        ModelPackage model = clock.time(Stage.MODEL, () -> models.find(job.model()));
        clock.time(Stage.MODEL, () -> compute.nativeRoom().ifPresent(ModelNeeds.of(model)::require));
        Preset preset = model.manifest().preset();
        ClassChoice classes = clock.time(
                Stage.MODEL,
                () -> ClassChoice.of(preset.classes(), preset.rule(), ResultSettings.choice(job, settings)));
        Scratch scratch = clock.time(Stage.FETCH, () -> Scratch.in(settings.scratch()));
        try {
            PreparedJob prepared = prepare(job, made, model, classes, scratch, clock);
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

    /** Early, since nobody should wait for a network to learn that its result has no place. */
    private void requirePlaces(ScanArrived job, Set<OutputRole> roles) {
        try {
            for (OutputRole role : roles) {
                storage.requireTakes(ResultPlace.location(job, role), role.mediaType());
                storage.requirePresent(ResultPlace.location(job, role), Use.STORE);
            }
        } catch (JobException e) {
            throw new StageFailure(Stage.STORE, e);
        }
    }

    private PreparedJob prepare(
            ScanArrived job,
            ResultSettings made,
            ModelPackage model,
            ClassChoice classes,
            Scratch scratch,
            StageClock clock) {
        Preset preset = model.manifest().preset();
        ScanInputs inputs = clock.time(Stage.FETCH, () -> ScanInputs.of(job, preset));
        try (FetchedScan fetched =
                clock.time(Stage.FETCH, () -> FetchedScan.of(inputs, storage, scratch, settings.scratch()))) {
            ResultPlace place = ResultPlace.of(job, fetched.input(), model);
            MapWish wish = made.wish(job, settings, classes, model.weights().size());
            Optional<SegmentationCompleted> before = clock.time(Stage.STORE, () -> manifests.find(place, made));
            if (before.isPresent()) {
                return new AnsweredJob(before.get());
            }
            Optional<Instant> begun = clock.time(Stage.STORE, () -> manifests.begun(place));
            ReadScan read = clock.time(Stage.READ, () -> ReadScan.of(fetched, inputs, reader, preset));
            Preprocessed preprocessed = clock.time(Stage.PREPROCESS, () -> segmenter.prepare(read.channels(), preset));
            clock.time(Stage.PREPROCESS, () -> needs(read, preprocessed, model, wish, made)
                    .require(
                            HeapRoom.here().bytes(),
                            MemoryBesideHeap.ofMachine(),
                            scratch.path().toFile().getUsableSpace()));
            return new PreparedScan(
                    job,
                    model,
                    scratch,
                    fetched.input(),
                    place,
                    classes,
                    wish,
                    made,
                    begun,
                    read.scan(),
                    warnings(read, job, made),
                    preprocessed,
                    clock);
        }
    }

    /** What is odd about the scan, and what of the job's wishes comes to nothing. */
    private List<Warning> warnings(ReadScan read, ScanArrived job, ResultSettings made) {
        List<Warning> warnings = new ArrayList<>(read.warnings());
        boolean dicom = read.scan().source().isPresent();
        UnmetWish.of(job, ResultSettings.choice(job, settings), made.roles(), dicom)
                .forEach(wish -> warnings.add(wish.warning()));
        return warnings;
    }

    private JobNeeds needs(
            ReadScan read, Preprocessed preprocessed, ModelPackage model, MapWish wish, ResultSettings made) {
        ModelManifest manifest = model.manifest();
        Shape3 grid = read.scan().volume().geometry().shape();
        Optional<Shape3> image =
                preprocessed.foreground().map(found -> found.box().shape());
        int channels = manifest.network().inChannels();
        int classes =
                manifest.preset().rule().channels(manifest.preset().classes().size());
        boolean onDevice = compute.parsedDevice().isGpu()
                && channels == 1
                && manifest.preset().regions().isEmpty(); // others are blended here
        JobNeeds needs = onDevice
                ? JobNeeds.onGpu(grid, image, channels, classes, model.weights().size(), wish)
                : JobNeeds.of(
                        grid, image, channels, classes, manifest.window().roi().get(0), wish);
        return made.roles().contains(OutputRole.SCAN) ? needs.withScan(grid) : needs;
    }

    /** What is missing because all of its root went away is not missing by this job's fault. */
    private void requireInputRoot(ScanArrived job) {
        try {
            ScanInputs.places(job).forEach(place -> storage.requirePresent(place, Use.READ));
        } catch (JobException e) {
            throw new StageFailure(Stage.FETCH, e);
        }
    }
}
