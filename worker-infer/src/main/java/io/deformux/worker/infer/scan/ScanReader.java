package io.deformux.worker.infer.scan;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.NoDicomException;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.PassedOver.Reason;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.metaimage.MetaImageReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.nrrd.NrrdReader;
import io.deformux.schemas.InputReference;
import io.deformux.volume.Volume;
import io.deformux.volumefile.FoundVolume;
import io.deformux.volumefile.VolumeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Local bytes of either kind to a volume. Safe to share. */
public final class ScanReader {
    private final VolumeFiles volumes;
    private final DicomSeriesReader dicom;
    private final UnevenSlices uneven;

    /**
     * A reader over those per kind, which hold the limits.
     *
     * @param uneven what becomes of uneven slices where the reference does not say
     */
    public ScanReader(VolumeFiles volumes, DicomSeriesReader dicom, UnevenSlices uneven) {
        this.volumes = Objects.requireNonNull(volumes, "volumes");
        this.dicom = Objects.requireNonNull(dicom, "dicom");
        this.uneven = Objects.requireNonNull(uneven, "uneven");
    }

    /** The formats of one volume in a file: NIfTI, MetaImage and NRRD. */
    public static VolumeFiles volumeFiles(long maxVoxels) {
        return new VolumeFiles(
                List.of(new NiftiReader(maxVoxels), new MetaImageReader(maxVoxels), new NrrdReader(maxVoxels)));
    }

    /**
     * Reads a volume file, or a DICOM folder's one series or the one that is named. Where there is no DICOM at all and neither
     * a series nor an acquisition was named, the one volume file that the folder or archive holds is what was meant. Throws
     * what the readers throw.
     */
    public Scan read(Path path, InputReference reference) {
        return switch (reference.kind()) {
            case NIFTI -> scan(volumes.read(path));
            case DICOM -> {
                try {
                    DicomSeries series = dicom.read(
                            path, reference.seriesInstanceUid(), reference.acquisitionNumber(), uneven(reference));
                    yield new Scan(asConverted(series.volume()), Optional.of(series), Optional.of(series.passedOver()));
                } catch (NoDicomException e) {
                    yield withoutDicom(path, reference, e);
                }
            }
        };
    }

    private UnevenSlices uneven(InputReference reference) {
        return reference
                .unevenSlices()
                .map(asked -> UnevenSlices.valueOf(asked.name()))
                .orElse(uneven);
    }

    private Scan withoutDicom(Path path, InputReference reference, NoDicomException noDicom) {
        if (reference.seriesInstanceUid().isPresent()
                || reference.acquisitionNumber().isPresent()) {
            throw noDicom;
        }
        if (volumes.find(path).isEmpty()) {
            throw volumes.whatElse(path).orElse(noDicom);
        }
        return scan(volumes.read(path));
    }

    private static Scan scan(FoundVolume found) {
        List<PassedOver> passedOver = new ArrayList<>();
        found.hidden().forEach(file -> passedOver.add(passedOver(Reason.HIDDEN, file)));
        found.others().forEach(file -> passedOver.add(passedOver(Reason.NO_VOLUME, file)));
        return new Scan(
                found.volume(), Optional.empty(), found.ofSeveral() ? Optional.of(passedOver) : Optional.empty());
    }

    private static PassedOver passedOver(Reason reason, int file) {
        return new PassedOver(reason, file, Optional.empty(), OptionalInt.empty());
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
