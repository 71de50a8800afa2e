package io.deformux.worker.infer;

import io.deformux.dicom.DicomLimits;
import io.deformux.dicom.DicomSeriesReader;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.FileStorage;
import io.deformux.storage.StorageRouter;
import java.util.List;

/** The wiring of a {@link SegmentationJob}, and the owner of the model that it has loaded. */
public final class SegmentationRuntime implements AutoCloseable {
    private final SegmentationJob job;
    private final ModelCache models;

    private SegmentationRuntime(SegmentationJob job, ModelCache models) {
        this.job = job;
        this.models = models;
    }

    /** Puts a job together; nothing is loaded before its first run. */
    public static SegmentationRuntime create(
            ModelStore models, AccessPolicy access, SegmentationSettings settings, String device) {
        ModelCache cache = new ModelCache(models, new ModelLoader(Devices.parse(device)));
        NiftiReader nifti = new NiftiReader(settings.maxVoxels());
        SegmentationJob job = new SegmentationJob(
                settings,
                cache,
                new StorageRouter(List.of(new FileStorage(access))),
                new ScanReader(
                        nifti,
                        new DicomSeriesReader(new DicomLimits(
                                access.limits().maxFiles(),
                                DicomLimits.defaults().maxFileBytes(),
                                settings.maxVoxels()))),
                new Segmenter(settings.maxVoxels()),
                new LabelMapFile(new NiftiWriter(), nifti));
        return new SegmentationRuntime(job, cache);
    }

    /** The job; one run at a time. */
    public SegmentationJob job() {
        return job;
    }

    @Override
    public void close() {
        models.close();
    }
}
