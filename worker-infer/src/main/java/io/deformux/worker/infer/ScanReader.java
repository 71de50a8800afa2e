package io.deformux.worker.infer;

import io.deformux.dicom.DicomSeriesReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.InputReference;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Objects;

/** Local bytes of either kind to a volume. Safe to share. */
public final class ScanReader {
    private final NiftiReader nifti;
    private final DicomSeriesReader dicom;

    /** A reader over one reader per kind, which hold the limits. */
    public ScanReader(NiftiReader nifti, DicomSeriesReader dicom) {
        this.nifti = Objects.requireNonNull(nifti, "nifti");
        this.dicom = Objects.requireNonNull(dicom, "dicom");
    }

    /** Reads a NIfTI file, or a DICOM folder's one series or the one that is named; throws what the readers throw. */
    Volume read(Path path, InputReference reference) {
        return switch (reference.kind()) {
            case NIFTI -> nifti.read(path);
            case DICOM -> dicom.read(path, reference.seriesInstanceUid()).volume();
        };
    }
}
