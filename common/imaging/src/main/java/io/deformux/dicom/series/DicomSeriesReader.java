package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;

import io.deformux.dicom.pixel.PixelDecoders;
import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.failure.JobException;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CT or MR series from a folder into a volume. Files are visited for the series, for the geometry and for the
 * pixels, so that only the pixels of a few slices, and those of multi-frame objects as they are coded, are ever in memory
 * beside the volume.
 *
 * <p>Safe to share. Reading uses all cores (the common pool).
 */
public final class DicomSeriesReader {
    private final DicomLimits limits;
    private final PixelDecoders decoders;

    /** A reader with {@link PixelDecoders#standard()}. */
    public DicomSeriesReader(DicomLimits limits) {
        this(limits, PixelDecoders.standard());
    }

    /** A reader with these limits and decoders. */
    public DicomSeriesReader(DicomLimits limits, PixelDecoders decoders) {
        this.limits = limits;
        this.decoders = decoders;
    }

    /** Reads the whole of a series; see {@link #read(Path, Optional, Optional)}. */
    public DicomSeries read(Path folder, Optional<String> seriesInstanceUid) {
        return read(folder, seriesInstanceUid, Optional.empty());
    }

    /**
     * Reads the series whose images lie anywhere below a folder.
     *
     * @param folder the folder, or a single file
     * @param seriesInstanceUid which series; may be empty where there is only one
     * @param acquisition the number of the one acquisition to read; may be empty where all slices of the series make one
     *     even stack, from however many acquisitions they come
     * @throws JobException {@code INPUT_NOT_FOUND}, {@code INPUT_TOO_LARGE}, {@code INPUT_TRUNCATED} or one of the
     *     {@code DICOM_} codes
     */
    public DicomSeries read(Path folder, Optional<String> seriesInstanceUid, Optional<Integer> acquisition) {
        List<Slice> all = SeriesFolder.list(folder, limits).slices(seriesInstanceUid);
        SliceStack stack = new Acquisitions(all).stack(acquisition);
        List<Slice> slices = stack.slices();
        slices.forEach(slice -> decoders.of(slice.image().syntax()));
        PixelFormat format = slices.get(0).image().format();
        if (format.samples() > limits.maxVoxels() / slices.size()) {
            throw new JobException(
                    INPUT_TOO_LARGE,
                    "a volume of " + format.columns() + "x" + format.rows() + "x" + slices.size()
                            + " has more than the " + limits.maxVoxels() + " voxels allowed");
        }
        Geometry geometry = new Geometry(new Shape3(format.columns(), format.rows(), slices.size()), stack.affine());
        float[] voxels = new VoxelLoader(new SliceSamples(slices, decoders, limits)).load(slices);
        return new DicomSeries(new Volume(geometry, voxels), info(slices), source(slices));
    }

    private SeriesSource source(List<Slice> slices) {
        Slice first = slices.get(0);
        return SeriesSource.of(
                first.image().header(first.frame(), limits.maxFileBytes()),
                slices.stream().map(slice -> slice.plane().position()).toList());
    }

    private static SeriesInfo info(List<Slice> slices) {
        ImageFile first = slices.get(0).image();
        return new SeriesInfo(
                first.storageClass().modality(),
                first.studyUid(),
                first.seriesUid(),
                first.frameOfReferenceUid(),
                slices.stream()
                        .map(slice -> slice.image().syntax().uid())
                        .distinct()
                        .toList(),
                slices.stream().map(Slice::instance).toList());
    }
}
