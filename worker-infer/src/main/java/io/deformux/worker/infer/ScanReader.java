package io.deformux.worker.infer;

import io.deformux.dicom.DicomSeries;
import io.deformux.dicom.DicomSeriesReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.InputReference.Kind;
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
    Scan read(Path path, Kind kind) {
        return switch (kind) {
            case NIFTI -> new Scan(nifti.read(path), Optional.empty());
            case DICOM -> {
                DicomSeries series = dicom.read(path, Optional.empty());
                yield new Scan(series.volume(), Optional.of(series));
            }
        };
    }
}
