package io.deformux.worker.infer;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.UnevenSlices;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.InputReference;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Local bytes of either kind to a volume. Safe to share. */
public final class ScanReader {
    private final NiftiReader nifti;
    private final DicomSeriesReader dicom;
    private final UnevenSlices uneven;

    /**
     * A reader over one reader per kind, which hold the limits.
     *
     * @param uneven what becomes of uneven slices where the reference does not say
     */
    public ScanReader(NiftiReader nifti, DicomSeriesReader dicom, UnevenSlices uneven) {
        this.nifti = Objects.requireNonNull(nifti, "nifti");
        this.dicom = Objects.requireNonNull(dicom, "dicom");
        this.uneven = Objects.requireNonNull(uneven, "uneven");
    }

    /** Reads a NIfTI file, or a DICOM folder's one series or the one that is named; throws what the readers throw. */
    Scan read(Path path, InputReference reference) {
        return switch (reference.kind()) {
            case NIFTI -> new Scan(nifti.read(path), Optional.empty());
            case DICOM -> {
                DicomSeries series = dicom.read(
                        path,
                        reference.seriesInstanceUid(),
                        reference.acquisitionNumber(),
                        reference
                                .unevenSlices()
                                .map(asked -> UnevenSlices.valueOf(asked.name()))
                                .orElse(uneven));
                yield new Scan(asConverted(series.volume()), Optional.of(series));
            }
        };
    }

    /**
     * As dcm2niix would store it: rows from the last to the first and the affine in single precision. Spacing is applied
     * to stored axes from voxel (0, 0, 0) on (MONAI {@code Spacingd}), so only in this order does a series get the same
     * labels as its NIfTI conversion, which is what models are trained on.
     */
    private static Volume asConverted(Volume series) {
        Volume reversed = series.reverseRows();
        return new Volume(reversed.geometry().inSinglePrecision(), reversed.voxels());
    }
}
