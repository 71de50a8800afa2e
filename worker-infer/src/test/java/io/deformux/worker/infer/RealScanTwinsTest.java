package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real head CT, once as DICOM and once as NIfTI written by someone else's converter. */
class RealScanTwinsTest {
    private static final int MAX_VOXELS = 1 << 24;

    @Test
    void dicomAndNiftiGetTheSameLabelsInSpace(@TempDir Path models, @TempDir Path outputs, @TempDir Path scratch)
            throws IOException {
        Path dicom = Fixtures.data("ct-head/dicom");
        Path nifti = Fixtures.data("ct-head/ct_head.nii.gz");
        TinyModel.in(models, "1", Preset.AMOS, 96);
        AccessPolicy access = AccessPolicy.files(List.of(dicom.getParent()), List.of(outputs));
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(models),
                access,
                new SegmentationSettings(scratch, MAX_VOXELS, "test"),
                ComputeSettings.on("cpu"))) {
            LabelMap fromDicom = labels(runtime, dicom, Kind.DICOM, outputs);
            LabelMap fromNifti = labels(runtime, nifti, Kind.NIFTI, outputs);

            assertThat(fromNifti.geometry()).isEqualTo(new NiftiReader(MAX_VOXELS).readGeometry(nifti));
            assertSameInSpace(fromDicom, fromNifti);
        }
    }

    private static LabelMap labels(SegmentationRuntime runtime, Path input, Kind kind, Path outputs) {
        SegmentationCompleted completed = runtime.job()
                .run(
                        new ScanArrived(
                                kind.name(),
                                new InputReference(input.toUri(), kind, Optional.empty()),
                                new ModelReference(TinyModel.NAME, Optional.empty()),
                                outputs.toUri()),
                        (done, total) -> {});
        return new NiftiReader(MAX_VOXELS)
                .readLabels(Path.of(completed.outputs().get(0).uri()));
    }

    /** Both label maps agree at every voxel of the first, found in the second by its place in the patient. */
    private static void assertSameInSpace(LabelMap one, LabelMap other) {
        Shape3 shape = one.geometry().shape();
        var map = other.geometry().affine().inverse().times(one.geometry().affine());
        int different = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double[] at = map.apply(i, j, k);
                    int[] index = {(int) Math.rint(at[0]), (int) Math.rint(at[1]), (int) Math.rint(at[2])};
                    for (int axis = 0; axis < 3; axis++) {
                        assertThat(at[axis]).isCloseTo(index[axis], org.assertj.core.api.Assertions.within(1e-2));
                    }
                    different += one.at(i, j, k) == other.at(index[0], index[1], index[2]) ? 0 : 1;
                }
            }
        }
        assertThat(different).as("voxels with another label").isZero();
    }
}
