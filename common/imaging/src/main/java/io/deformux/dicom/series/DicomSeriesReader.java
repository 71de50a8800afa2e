package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;

import io.deformux.dicom.pixel.PixelDecoders;
import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.folder.SeriesFolder;
import io.deformux.dicom.series.slice.ImageFile;
import io.deformux.dicom.series.slice.Mosaic;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.SopInstance;
import io.deformux.dicom.series.slice.Vector3;
import io.deformux.dicom.series.stack.Acquisitions;
import io.deformux.dicom.series.stack.Completeness;
import io.deformux.dicom.series.stack.Duplicates;
import io.deformux.dicom.series.stack.EvenPlaces;
import io.deformux.dicom.series.stack.OddImages;
import io.deformux.dicom.series.stack.SliceStack;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.dicom.series.voxel.SliceSamples;
import io.deformux.dicom.series.voxel.VoxelLoader;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Geometry;
import io.deformux.volume.HeapRoom;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a CT or MR series from a folder into a volume. Files are visited for their headers and again for their
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

    /** Reads the whole of a series; see {@link #read(Path, Optional, Optional, UnevenSlices)}. */
    public DicomSeries read(Path folder, Optional<String> seriesInstanceUid) {
        return read(folder, seriesInstanceUid, Optional.empty(), UnevenSlices.REFUSE);
    }

    /**
     * Reads the series whose images lie anywhere below a folder.
     *
     * @param folder the folder, or a single file
     * @param seriesInstanceUid which series; may be empty where there is only one
     * @param acquisition the number of the one acquisition to read; may be empty where all slices of the series make one
     *     even stack, from however many acquisitions they come
     * @param uneven what becomes of slices that make none
     * @throws JobException {@code INPUT_NOT_FOUND}, {@code INPUT_TOO_LARGE}, {@code INPUT_TRUNCATED} or one of the
     *     {@code DICOM_} codes
     */
    public DicomSeries read(
            Path folder, Optional<String> seriesInstanceUid, Optional<Integer> acquisition, UnevenSlices uneven) {
        SeriesFolder.Found found = SeriesFolder.list(folder, limits).read(seriesInstanceUid);
        List<PassedOver> passedOver = new ArrayList<>(found.passedOver());
        SliceStack stack = stack(found.slices(), acquisition, uneven, passedOver::add);
        List<Slice> slices = stack.slices();
        List<Warning> warnings = new ArrayList<>(stack.warnings());
        Mosaic.warning(slices.get(0).image()).ifPresent(warnings::add);
        Completeness.check(slices, found.nameless()).ifPresent(warnings::add);
        SeriesInfo info = info(stack, warnings::add);
        PixelFormat format = slices.get(0).format();
        int count = stack.places().map(EvenPlaces::count).orElse(slices.size());
        if (format.samples() > limits.maxVoxels() / Math.max(count, slices.size())) {
            throw new JobException(
                    INPUT_TOO_LARGE,
                    "a volume of " + format.columns() + "x" + format.rows() + "x" + count + " has more than the "
                            + limits.maxVoxels() + " voxels allowed");
        }
        Geometry geometry = new Geometry(new Shape3(format.columns(), format.rows(), count), stack.affine());
        HeapRoom.here().require(geometry.shape().voxels(), Float.BYTES);
        float[] acquired = new VoxelLoader(new SliceSamples(slices, decoders, limits)).load(slices);
        float[] voxels =
                stack.places().map(places -> places.interpolate(acquired)).orElse(acquired);
        passedOver.sort(Comparator.comparingInt(PassedOver::file));
        return new DicomSeries(new Volume(geometry, voxels), info, source(stack, geometry), passedOver, warnings);
    }

    private SliceStack stack(
            List<Slice> found, Optional<Integer> acquisition, UnevenSlices uneven, Consumer<PassedOver> passedOver) {
        found.forEach(slice -> decoders.of(slice.image().syntax()));
        List<Slice> slices = Duplicates.leftOut(found, this::samples, passedOver);
        if (acquisition.isPresent()) {
            slices = Acquisitions.only(acquisition.get(), slices, passedOver);
        }
        Mosaic.requireOne(slices);
        slices = OddImages.leftOut(slices, passedOver);
        return new Acquisitions(slices, uneven).stack();
    }

    /** The samples of one slice, for the few that are looked at before it is known whether they belong to the volume. */
    private short[] samples(Slice slice) {
        if (slice.format().samples() > limits.maxVoxels()) {
            throw new JobException(
                    INPUT_TOO_LARGE, "an image has more than the " + limits.maxVoxels() + " voxels allowed");
        }
        short[] samples = new short[(int) slice.format().samples()];
        new SliceSamples(List.of(slice), decoders, limits).decode(slice, samples);
        return samples;
    }

    private SeriesSource source(SliceStack stack, Geometry geometry) {
        Slice first = stack.slices().get(0);
        boolean mosaic = first.tile().isPresent();
        List<Vector3> positions = stack.places().isPresent()
                ? IntStream.range(0, geometry.shape().w())
                        .mapToObj(k -> geometry.affine().apply(0, 0, k))
                        .map(at -> new Vector3(-at[0], -at[1], at[2]))
                        .toList()
                : stack.slices().stream().map(slice -> slice.plane().position()).toList();
        return SeriesSource.of(
                first.image().header(first.frame(), limits.maxFileBytes()),
                positions,
                !mosaic && stack.places().isEmpty());
    }

    private static SeriesInfo info(SliceStack stack, Consumer<Warning> warnings) {
        List<Slice> slices = stack.slices();
        ImageFile first = slices.get(0).image();
        List<SopInstance> instances = slices.stream().map(Slice::instance).toList();
        return new SeriesInfo(
                first.storageClass().modality(),
                first.studyUid(),
                first.seriesUid(),
                frameOfReference(slices, warnings),
                slices.stream()
                        .map(slice -> slice.image().syntax().uid())
                        .distinct()
                        .toList(),
                stack.places()
                        .map(places -> IntStream.range(0, places.count())
                                .mapToObj(k -> instances.get(places.nearest(k)))
                                .toList())
                        .orElse(instances));
    }

    /** The one that most slices name, the first of equals; positions that fit together are in one whatever it is called. */
    private static Optional<String> frameOfReference(List<Slice> slices, Consumer<Warning> warnings) {
        Map<Optional<String>, Long> counts = slices.stream()
                .collect(Collectors.groupingBy(
                        slice -> slice.image().frameOfReferenceUid(), LinkedHashMap::new, Collectors.counting()));
        if (counts.size() > 1) {
            warnings.accept(new Warning(
                    WarningCode.FRAME_OF_REFERENCE_MIXED,
                    "the slices have " + counts.size()
                            + " different Frame of Reference UIDs, absent ones included; their"
                            + " positions make one stack"));
        }
        Optional<String> most = Optional.empty();
        for (Optional<String> uid : counts.keySet()) {
            if (uid.isPresent() && (most.isEmpty() || counts.get(uid) > counts.get(most))) {
                most = uid;
            }
        }
        return most;
    }
}
