package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ModelReference;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.dicomweb.DicomWebStorage;
import io.deformux.storage.file.FileStorage;
import io.deformux.storage.s3.S3Storage;
import io.deformux.storage.web.WebClient;
import io.deformux.storage.web.WebStorage;
import io.deformux.worker.infer.loading.ModelCache;
import io.deformux.worker.infer.loading.ModelLoader;
import io.deformux.worker.infer.outputs.ClassMaskOutput;
import io.deformux.worker.infer.outputs.DicomRtStructOutput;
import io.deformux.worker.infer.outputs.DicomSegOutput;
import io.deformux.worker.infer.outputs.DicomSrOutput;
import io.deformux.worker.infer.outputs.DisagreementOutput;
import io.deformux.worker.infer.outputs.EntropyOutput;
import io.deformux.worker.infer.outputs.JobOutput;
import io.deformux.worker.infer.outputs.LabelListOutput;
import io.deformux.worker.infer.outputs.LabelMapOutput;
import io.deformux.worker.infer.outputs.MeasurementsOutput;
import io.deformux.worker.infer.outputs.MeshOutput;
import io.deformux.worker.infer.outputs.PreviewOutput;
import io.deformux.worker.infer.outputs.ProbabilityOutput;
import io.deformux.worker.infer.outputs.ScanOutput;
import io.deformux.worker.infer.result.KeptLimit;
import io.deformux.worker.infer.result.UnstoredResults;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.StageObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** The wiring of a {@link SegmentationJob}, and the owner of the model that it has loaded and of its connections. */
public final class SegmentationRuntime implements AutoCloseable {
    /** Seeds of proofs are short, since people read them in logs. */
    private static final int SEEDS = 1_000_000;

    private final SegmentationJob job;
    private final ModelCache models;
    private final S3Storage buckets;
    private final UnstoredResults unstored;
    private final KeptLimit keptLimit;

    private SegmentationRuntime(SegmentationJob job, ModelCache models, S3Storage buckets, UnstoredResults unstored) {
        this.job = job;
        this.models = models;
        this.buckets = buckets;
        this.unstored = unstored;
        this.keptLimit = KeptLimit.on(unstored);
    }

    /** As below, and nobody hears of its stages. */
    public static SegmentationRuntime create(
            ModelStore models, AccessPolicy access, SegmentationSettings settings, ComputeSettings compute) {
        return create(models, access, settings, compute, StageObserver.NONE);
    }

    /**
     * Puts a job together; nothing is loaded before its first run. What dead workers have left in the scratch folder and
     * unfinished at output locations is deleted.
     *
     * @param observer hears of the stages
     */
    public static SegmentationRuntime create(
            ModelStore models,
            AccessPolicy access,
            SegmentationSettings settings,
            ComputeSettings compute,
            StageObserver observer) {
        LongSupplier seeds = () -> ThreadLocalRandom.current().nextInt(SEEDS);
        return create(models, access, settings, compute, new ModelLoader(compute, seeds), observer);
    }

    /** The same with a loader of somebody's own, and nobody hears of its stages. */
    static SegmentationRuntime create(
            ModelStore models,
            AccessPolicy access,
            SegmentationSettings settings,
            ComputeSettings compute,
            ModelLoader loader) {
        return create(models, access, settings, compute, loader, StageObserver.NONE);
    }

    private static SegmentationRuntime create(
            ModelStore models,
            AccessPolicy access,
            SegmentationSettings settings,
            ComputeSettings compute,
            ModelLoader loader,
            StageObserver observer) {
        Scratch.sweep(settings.scratch());
        FileStorage files = new FileStorage(access);
        files.sweep();
        ModelCache cache = new ModelCache(models, loader);
        NiftiReader nifti = new NiftiReader(settings.maxVoxels());
        WebClient web = new WebClient(access);
        S3Storage buckets = new S3Storage(access);
        UnstoredResults unstored = new UnstoredResults();
        SegmentTable table = SegmentTable.standard();
        SegmentationJob job = new SegmentationJob(
                settings,
                compute,
                cache,
                new StorageRouter(
                        List.of(files, new WebStorage(access, web), new DicomWebStorage(access, web), buckets)),
                new ScanReader(
                        ScanReader.volumeFiles(settings.maxVoxels()),
                        new DicomSeriesReader(new DicomLimits(
                                access.limits().maxFiles(),
                                DicomLimits.defaults().maxFileBytes(),
                                settings.maxVoxels())),
                        settings.unevenSlices()),
                new Segmenter(settings.maxVoxels()),
                table,
                outputs(settings, table, nifti),
                unstored,
                observer);
        return new SegmentationRuntime(job, cache, buckets, unstored);
    }

    private static List<JobOutput> outputs(SegmentationSettings settings, SegmentTable table, NiftiReader nifti) {
        List<JobOutput> outputs = new ArrayList<>(List.of(
                new LabelMapOutput(new NiftiWriter(), nifti, table),
                new DicomSegOutput(table, settings.softwareVersion()),
                new MeasurementsOutput(),
                new PreviewOutput(table),
                new DicomSrOutput(table, settings.softwareVersion()),
                new DicomRtStructOutput(table, settings.softwareVersion()),
                new MeshOutput(table)));
        outputs.addAll(LabelListOutput.all(table));
        outputs.add(new ClassMaskOutput(new NiftiWriter(), nifti));
        outputs.add(new ProbabilityOutput());
        outputs.add(new EntropyOutput());
        outputs.add(new DisagreementOutput());
        outputs.add(new ScanOutput(new NiftiWriter(), nifti));
        return outputs;
    }

    /**
     * Proves that networks are computed right on this machine, with a small one of random weights.
     *
     * @throws io.deformux.failure.JobException {@code ARITHMETIC_UNPROVEN} if not
     */
    public void prove() {
        models.prove();
    }

    /** Loads a model and warms it up, so that the first job is as fast as the others. Not beside a running job. */
    public void preload(ModelReference model) {
        models.load(models.find(model));
    }

    /** The job; one run at a time. */
    public SegmentationJob job() {
        return job;
    }

    @Override
    public void close() {
        models.close();
        buckets.close();
        keptLimit.close();
        unstored.close();
    }
}
