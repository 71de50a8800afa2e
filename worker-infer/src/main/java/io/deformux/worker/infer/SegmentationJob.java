package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegKind;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.inference.WindowProgress;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.Grid;
import io.deformux.schemas.InputSummary;
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
import java.util.List;
import java.util.Locale;
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
    private final ModelCache models;
    private final StorageRouter storage;
    private final ScanReader reader;
    private final Segmenter segmenter;
    private final List<JobOutput> outputs;

    SegmentationJob(
            SegmentationSettings settings,
            ModelCache models,
            StorageRouter storage,
            ScanReader reader,
            Segmenter segmenter,
            List<JobOutput> outputs) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.models = Objects.requireNonNull(models, "models");
        this.storage = Objects.requireNonNull(storage, "storage");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.segmenter = Objects.requireNonNull(segmenter, "segmenter");
        this.outputs = List.copyOf(outputs);
    }

    /**
     * Segments the scan and stores the outputs; the same job overwrites its own outputs.
     *
     * @throws StageFailure a failure that is understood, and the stage it happened in
     */
    public SegmentationCompleted run(ScanArrived job, WindowProgress progress) {
        try (PreparedScan prepared = prepare(job)) {
            return run(prepared, progress);
        }
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
            List<Warning> warnings = clock.time(Stage.READ, () -> Findings.warnings(scan));
            Preprocessed preprocessed = clock.time(
                    Stage.PREPROCESS,
                    () -> segmenter.prepare(scan.volume(), model.manifest().preset()));
            return new PreparedScan(job, model, scratch, input, scan, warnings, preprocessed, clock);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
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
        ScanArrived job = prepared.job();
        StageClock clock = prepared.clock();
        LabelMap labels = segmenter.segment(prepared.preprocessed(), model, progress, clock);
        List<Warning> warnings = new ArrayList<>(prepared.warnings());
        warnings.addAll(Plausibility.of(labels, model.manifest().preset().classes()));
        Optional<InputSummary> input = Findings.input(prepared.scan());
        Findings.log(LOG, input, warnings);
        List<OutputFile> stored =
                clock.time(Stage.STORE, () -> store(prepared, model.model(), labels, List.copyOf(warnings)));
        return new SegmentationCompleted(
                job.jobId(),
                prepared.input().sha256(),
                new ModelVersion(
                        model.model().id().name(),
                        model.model().id().version(),
                        model.model().digest()),
                stored,
                volumes(labels, model.manifest()),
                grid(labels.geometry()),
                clock.millis(),
                new RuntimeInfo(
                        models.deviceName(),
                        model.arithmetic().precision().name().toLowerCase(Locale.ROOT),
                        settings.softwareVersion(),
                        Optional.of(model.arithmetic().computedBy()),
                        Optional.of(model.worstError())),
                input,
                Optional.of(Findings.told(warnings)));
    }

    /** Early, since nobody should wait for a network to learn that its result has no place. */
    private void requirePlaces(ScanArrived job) {
        try {
            for (JobOutput output : outputs) {
                storage.requireTakes(place(job, output.role()), output.role().mediaType());
            }
        } catch (JobException e) {
            throw new StageFailure(Stage.STORE, e);
        }
    }

    private static URI place(ScanArrived job, OutputRole role) {
        return role == OutputRole.DICOM_SEG ? job.dicomOutput().orElse(job.output()) : job.output();
    }

    private List<OutputFile> store(PreparedScan prepared, ModelPackage model, LabelMap labels, List<Warning> warnings) {
        ScanArrived job = prepared.job();
        Scan scan = prepared.scan();
        String identity = identity(job, prepared.input(), model);
        SegmentedScan result = new SegmentedScan(
                identity,
                model.id(),
                model.digest(),
                model.manifest().preset(),
                scan.volume(),
                scan.source(),
                job.dicomSegKind().map(kind -> SegKind.valueOf(kind.name())).orElse(settings.segKind()),
                labels,
                warnings);
        List<OutputFile> stored = new ArrayList<>();
        for (JobOutput output : outputs) {
            OutputRole role = output.role();
            Path file = prepared.scratch().path().resolve(role.fileName());
            if (output.write(result, file)) {
                StoredObject object =
                        storage.store(file, place(job, role), ObjectName.of(folder(job, identity), role.fileName()));
                stored.add(new OutputFile(
                        object.uri(), role.mediaType(), object.bytes(), object.sha256(), role.wireName()));
            }
        }
        return stored;
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
