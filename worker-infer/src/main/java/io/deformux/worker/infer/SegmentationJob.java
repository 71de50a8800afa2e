package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegKind;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.WindowProgress;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.Grid;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import io.deformux.transform.Preprocessed;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.outputs.JobOutput;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.SegmentedScan;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way of one scan: model, fetch, read, segment, store. Knows nothing of Kafka, so the command line runs it too. One
 * job at a time, and the preparation of one other beside it.
 */
public final class SegmentationJob {
    private final SegmentationSettings settings;
    private final ModelCache models;
    private final StorageRouter storage;
    private final ScanReader reader;
    private final Segmenter segmenter;
    private final List<JobOutput> outputs;
    private final UnstoredResults unstored;

    SegmentationJob(
            SegmentationSettings settings,
            ModelCache models,
            StorageRouter storage,
            ScanReader reader,
            Segmenter segmenter,
            List<JobOutput> outputs,
            UnstoredResults unstored) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.models = Objects.requireNonNull(models, "models");
        this.storage = Objects.requireNonNull(storage, "storage");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.segmenter = Objects.requireNonNull(segmenter, "segmenter");
        this.outputs = List.copyOf(outputs);
        this.unstored = Objects.requireNonNull(unstored, "unstored");
    }

    /**
     * Segments the scan and stores the outputs; the same job overwrites its own outputs.
     *
     * @throws StageFailure a failure that is understood, and the stage it happened in
     */
    public SegmentationCompleted run(ScanArrived job, WindowProgress progress) {
        Optional<WrittenResult> computed = computed(job);
        if (computed.isPresent()) {
            return store(computed.get());
        }
        try (PreparedScan prepared = prepare(job)) {
            return run(prepared, progress);
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
     * The part that needs no device: model package, fetch, read, preprocess. One at a time, beside the other part of
     * another job. Errors as above; leaves nothing behind then.
     */
    PreparedScan prepare(ScanArrived job) {
        StageClock clock = new StageClock();
        requirePlaces(job);
        ModelPackage model = clock.time(Stage.MODEL, () -> models.find(job.model()));
        Scratch scratch = Scratch.in(settings.scratch());
        try {
            FetchedInput input = clock.time(
                    Stage.FETCH,
                    () -> storage.fetch(job.input().uri(), job.input().sha256(), scratch));
            Scan scan = clock.time(Stage.READ, () -> reader.read(input.path(), job.input()));
            ModalityCheck.log(scan, model.manifest().preset());
            Preprocessed preprocessed = clock.time(
                    Stage.PREPROCESS,
                    () -> segmenter.prepare(scan.volume(), model.manifest().preset()));
            return new PreparedScan(job, model, scratch, input, scan, preprocessed, clock);
        } catch (RuntimeException | Error e) {
            scratch.close();
            requireInputRoot(job);
            throw e;
        }
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
    SegmentationCompleted run(PreparedScan prepared, WindowProgress progress) {
        StageClock clock = prepared.clock();
        LoadedModel model = clock.time(Stage.MODEL, () -> models.load(prepared.model()));
        try {
            return run(prepared, model, progress);
        } finally {
            models.forgetChanged();
        }
    }

    private SegmentationCompleted run(PreparedScan prepared, LoadedModel model, WindowProgress progress) {
        StageClock clock = prepared.clock();
        LabelMap labels = segmenter.segment(prepared.preprocessed(), model, progress, clock);
        return store(clock.time(Stage.STORE, () -> write(prepared, model, labels)));
    }

    /**
     * Stores what is left of a computed result, and owns it. What the storage does not take now is kept for the next attempt.
     */
    SegmentationCompleted store(WrittenResult computed) {
        boolean keep = false;
        try {
            computed.clock().time(Stage.STORE, () -> storeLeft(computed));
            return computed.completed();
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

    private void storeLeft(WrittenResult computed) {
        computed.left().forEach((role, file) -> {
            StoredObject object =
                    storage.store(file, place(computed.job(), role), ObjectName.of(computed.folder(), role.fileName()));
            computed.stored(
                    role,
                    new OutputFile(object.uri(), role.mediaType(), object.bytes(), object.sha256(), role.wireName()));
        });
    }

    /** Early, since nobody should wait for a network to learn that its result has no place. */
    private void requirePlaces(ScanArrived job) {
        try {
            for (JobOutput output : outputs) {
                storage.requireTakes(place(job, output.role()), output.role().mediaType());
                storage.requirePresent(place(job, output.role()), Use.STORE);
            }
        } catch (JobException e) {
            throw new StageFailure(Stage.STORE, e);
        }
    }

    private static URI place(ScanArrived job, OutputRole role) {
        return role.isDicom() ? job.dicomOutput().orElse(job.output()) : job.output();
    }

    /** Writes the outputs into a folder of their own, so that they can outlive the scan. */
    private WrittenResult write(PreparedScan prepared, LoadedModel loaded, LabelMap labels) {
        ScanArrived job = prepared.job();
        ModelPackage model = loaded.model();
        String identity = identity(job, prepared.input(), model);
        SegmentedScan result = new SegmentedScan(
                identity,
                model.id(),
                model.digest(),
                model.manifest().preset(),
                prepared.scan().volume(),
                prepared.scan().source(),
                job.dicomSegKind().map(kind -> SegKind.valueOf(kind.name())).orElse(settings.segKind()),
                labels);
        Scratch scratch = Scratch.in(settings.scratch());
        try {
            Map<OutputRole, Path> files = new LinkedHashMap<>();
            for (JobOutput output : outputs) {
                Path file = scratch.path().resolve(output.role().fileName());
                if (output.write(result, file)) {
                    files.put(output.role(), file);
                }
            }
            return new WrittenResult(
                    job, folder(job, identity), files, scratch, prepared.clock(), event(prepared, loaded, labels));
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    /** What to say of the outputs once they are stored; holds nothing of the scan. */
    private Function<List<OutputFile>, SegmentationCompleted> event(
            PreparedScan prepared, LoadedModel loaded, LabelMap labels) {
        String jobId = prepared.job().jobId();
        String inputSha256 = prepared.input().sha256();
        ModelPackage model = loaded.model();
        ModelVersion version = new ModelVersion(model.id().name(), model.id().version(), model.digest());
        List<LabelVolume> volumes = volumes(labels, loaded.manifest());
        Grid grid = grid(labels.geometry());
        StageClock clock = prepared.clock();
        RuntimeInfo runtime = new RuntimeInfo(
                models.deviceName(),
                loaded.arithmetic().precision().name().toLowerCase(Locale.ROOT),
                settings.softwareVersion(),
                Optional.of(loaded.arithmetic().computedBy()),
                Optional.of(loaded.worstError()));
        return stored ->
                new SegmentationCompleted(jobId, inputSha256, version, stored, volumes, grid, clock.millis(), runtime);
    }

    /** Of job, input and model alone, so that a repeated job overwrites and another input does not. */
    private static String identity(ScanArrived job, FetchedInput input, ModelPackage model) {
        return job.jobId() + "\n" + input.sha256() + "\n" + model.digest();
    }

    private static String folder(ScanArrived job, String identity) {
        return job.jobId() + "-"
                + Digest.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    private static List<LabelVolume> volumes(LabelMap labels, ModelManifest manifest) {
        long[] counts = labels.counts();
        double millilitres = labels.geometry().voxelMillilitres();
        List<String> names = manifest.preset().classes();
        List<LabelVolume> volumes = new ArrayList<>();
        for (int label = 1; label < names.size(); label++) {
            volumes.add(new LabelVolume(label, names.get(label), counts[label], counts[label] * millilitres));
        }
        return volumes;
    }

    private static Grid grid(Geometry geometry) {
        return new Grid(
                Arrays.stream(geometry.shape().toArray()).boxed().toList(),
                Arrays.stream(geometry.affine().spacing()).boxed().toList(),
                Arrays.stream(geometry.affine().toArray()).boxed().toList());
    }
}
