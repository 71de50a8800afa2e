package io.deformux.worker.train.messaging;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.StageLimit;
import io.deformux.network.Devices;
import io.deformux.network.MemoryBesideHeap;
import io.deformux.network.weights.Weights;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingSpec;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.Use;
import io.deformux.storage.file.FileStorage;
import io.deformux.volume.HeapRoom;
import io.deformux.worker.train.curves.Curves;
import io.deformux.worker.train.job.FoldData;
import io.deformux.worker.train.job.FoldJob;
import io.deformux.worker.train.job.FoldNeeds;
import io.deformux.worker.train.job.SafeListener;
import io.deformux.worker.train.job.TrainingListener;
import io.deformux.worker.train.preparation.PreparationCache;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains folds for real: the data set and the output folder are {@code file:} references below the allowed roots. The
 * output folder of a training holds {@code cache} (the prepared cases, shared by its folds and workers) and
 * {@code fold-N} (checkpoint, best weights, the model package of a fold and the manifest that says what came of it), so a fold
 * goes on wherever it is taken up; in a comparison, whose trainings share an output, {@code TRAINING-fold-N}.
 */
public final class TrainingFoldRunner implements FoldRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingFoldRunner.class);
    private static final long MAX_VOXELS = 1L << 29;
    private static final String CACHE = "cache";
    /** Hundreds of large scans are prepared within hours. */
    public static final Duration STAGE_LIMIT = Duration.ofDays(1);

    private final FileStorage files;
    private final StorageRouter storage;
    private final Path scratch;
    private final Device device;
    private final FoldModel models;
    private final FoldMeasuring measuring;
    private final StageLimit limit;
    private final TrainingListener observer;

    private TrainingFoldRunner(
            AccessPolicy access,
            Path scratch,
            Device device,
            FoldModel models,
            StageLimit limit,
            TrainingListener observer) {
        this.files = new FileStorage(access);
        this.storage = new StorageRouter(List.of(files));
        this.scratch = Objects.requireNonNull(scratch, "scratch");
        this.device = Objects.requireNonNull(device, "device");
        this.models = models;
        this.measuring = new FoldMeasuring(device);
        this.limit = limit;
        this.observer = new SafeListener(observer);
    }

    /**
     * A runner. What dead workers have left in the scratch folder is deleted.
     *
     * @param scratch where a fold keeps files while it runs
     * @param device {@code cpu} or {@code cuda:N}; {@link IllegalArgumentException} otherwise
     * @param softwareVersion what models name as their origin
     * @param stageLimit how long reading the data set, preparing its cases and storing the model may take each; the training
     *     between them is left to the limit on the whole job
     */
    public static TrainingFoldRunner create(
            AccessPolicy access, Path scratch, String device, String softwareVersion, Duration stageLimit) {
        return create(access, scratch, device, softwareVersion, stageLimit, TrainingListener.NONE);
    }

    /** The same of a runner whose folds {@code observer} hears of. */
    public static TrainingFoldRunner create(
            AccessPolicy access,
            Path scratch,
            String device,
            String softwareVersion,
            Duration stageLimit,
            TrainingListener observer) {
        Scratch.sweep(scratch);
        return new TrainingFoldRunner(
                access,
                scratch,
                Devices.parse(device),
                new FoldModel(softwareVersion),
                new StageLimit(stageLimit),
                observer);
    }

    @Override
    public FoldResult run(TrainingFoldRequested request, JobContext context) {
        try {
            return train(request, context);
        } catch (JobException e) {
            // A file that is missing because all of its root is, is not this training's fault.
            storage.requirePresent(request.training().dataset(), Use.READ);
            storage.requirePresent(request.output(), Use.STORE);
            throw e;
        }
    }

    private FoldResult train(TrainingFoldRequested request, JobContext context) {
        long start = System.nanoTime();
        FoldStages stages = new FoldStages(limit, observer, request.key());
        request.comparisonId().ifPresent(id -> measuring.begin());
        Path folder = output(request.output(), folderName(request));
        Path prepared = output(request.output(), CACHE);
        try (Scratch work = Scratch.in(scratch)) {
            TrainingSpec spec = request.training();
            FoldPlan plan = stages.within(
                    "read",
                    () -> FoldPlan.of(
                            spec,
                            request.fold(),
                            fetched(spec.dataset(), work).path(),
                            spec.split().file().map(file -> fetched(file, work).path())));
            Optional<FetchedInput> given =
                    stages.within("read", () -> spec.initialWeights().map(uri -> fetched(uri, work)));
            FoldManifest manifest =
                    FoldManifest.of(folder, request, plan, given.map(FetchedInput::sha256), models.softwareVersion());
            Optional<FoldResult> before = stages.within("read", manifest::find);
            if (before.isPresent()) {
                LOG.info("Was done before with the same data and settings: its model is there");
                return before.get();
            }
            require(FoldNeeds.of(plan.settings()), folder);
            PreparationCache cache = new PreparationCache(prepared, plan.preset(), MAX_VOXELS);
            FoldData data = stages.within(
                    "prepare", () -> FoldData.of(plan.fold(), plan.dataset(), cache, context::requireOwned));
            require(FoldNeeds.of(plan.settings(), data.largestOfValidation()), folder);
            Weights first = given.map(file ->
                            StartingWeights.read(file.path(), plan.settings().network()))
                    .orElseGet(() -> plan.settings().firstWeights(request.fold()));
            try (Curves curves = new Curves(folder, plan.preset().targets())) {
                TrainingListener listener =
                        new FoldReport(request.key(), context).and(curves).and(observer);
                var trained = stages.told(
                        "train", () -> new FoldJob(plan.settings(), data, folder, device, listener).run(first));
                Optional<FoldMeasurement> measured = request.comparisonId()
                        .map(id -> measuring.measure(plan, data, trained, folder, context::requireOwned));
                long millis = (System.nanoTime() - start) / 1_000_000;
                return stages.within("store", () -> {
                    FoldResult result =
                            models.store(request, plan, trained, measured, folder, millis, context::requireOwned);
                    manifest.write(result, context::requireOwned);
                    return result;
                });
            } finally {
                observer.ended();
            }
        }
    }

    private void require(FoldNeeds needs, Path folder) {
        File place = folder.toFile();
        while (place.getParentFile() != null && !place.exists()) {
            place = place.getParentFile();
        }
        needs.require(HeapRoom.here().bytes(), MemoryBesideHeap.of(device), place.getUsableSpace());
    }

    /** The trainings of a comparison share their output, and with it the prepared cases. */
    private static String folderName(TrainingFoldRequested request) {
        return request.comparisonId().isPresent() ? request.key() : "fold-" + request.fold();
    }

    private FetchedInput fetched(URI reference, Scratch work) {
        return storage.fetch(reference, Optional.empty(), work);
    }

    private Path output(URI uri, String name) {
        if (!"file".equals(uri.getScheme())) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED, "a training writes to a file: folder that its workers share");
        }
        return files.outputFolder(uri, name);
    }
}
