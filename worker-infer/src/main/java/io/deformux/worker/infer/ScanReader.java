package io.deformux.worker.infer;

import io.deformux.dicom.DicomSeriesReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Local bytes of either kind to a volume. Safe to share. */
public final class ScanReader {
    private final NiftiReader nifti;
    private final DicomSeriesReader dicom;

    /** A reader over one reader per kind, which hold the limits. */
    public ScanReader(NiftiReader nifti, DicomSeriesReader dicom) {
        this.nifti = Objects.requireNonNull(nifti, "nifti");
        this.dicom = Objects.requireNonNull(dicom, "dicom");
    }

    /** Reads a NIfTI file or the one series in a DICOM folder; throws what the readers throw. */
    Volume read(Path path, Kind kind) {
        return switch (kind) {
            case NIFTI -> nifti.read(path);
            case DICOM -> dicom.read(path, Optional.empty()).volume();
        };
    }
}
