package io.deformux.dicom.series.slice;

import static io.deformux.failure.FailureCode.DICOM_ACQUISITIONS_MIXED;
import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_MISSING;
import static io.deformux.failure.FailureCode.DICOM_SLICE_DUPLICATE;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A volume that Siemens MR scanners write as one image: its slices are tiles, row by row, in the smallest square of tiles
 * that holds them. Image Position (Patient) is that of a first slice as large as the mosaic, with the same centre.
 *
 * @param images how many tiles are slices; the rest are black
 * @param tiles how many there are along a side
 * @param backwards whether they follow each other against the normal of the image
 * @param directionAssumed whether that is not told, and along the normal is taken
 */
public record Mosaic(int images, int tiles, boolean backwards, boolean directionAssumed) {
    private static final String MOSAIC = "MOSAIC";
    private static final int MR_GROUP = 0x0019;
    private static final int CSA_GROUP = 0x0029;
    private static final int NUMBER_OF_IMAGES = 0x0a;
    private static final int IMAGE_HEADER = 0x10;

    /**
     * The mosaic that an image is by its Image Type, or by the number of images that it holds: anonymisation may shorten the
     * type.
     *
     * @throws JobException if it is one of which the number of images is not told
     */
    public static Optional<Mosaic> of(DataSet header, PixelFormat format) {
        Optional<Integer> stated = header.privateValue(MR_GROUP, "SIEMENS MR HEADER", NUMBER_OF_IMAGES)
                .filter(value -> value.value().length == Short.BYTES)
                .map(value ->
                        ByteBuffer.wrap(value.value()).order(value.order()).getShort() & 0xffff);
        if (!header.codes(Tag.IMAGE_TYPE).contains(MOSAIC)
                && stated.filter(count -> count > 1).isEmpty()) {
            return Optional.empty();
        }
        Optional<CsaHeader> csa = header.privateValue(CSA_GROUP, "SIEMENS CSA HEADER", IMAGE_HEADER)
                .map(Element.Bytes::value)
                .map(CsaHeader::new);
        int images = stated.or(() -> csa.flatMap(Mosaic::numberOfImages))
                .orElseThrow(() -> new JobException(
                        DICOM_ATTRIBUTE_MISSING,
                        "a Siemens mosaic does not say how many slices it holds (private attributes were removed):"
                                + " export it as one image per slice"));
        int tiles = (int) Math.ceil(Math.sqrt(images));
        if (images < 1 || format.rows() % tiles != 0 || format.columns() % tiles != 0) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    "a Siemens mosaic of " + images + " slices does not divide into tiles: export it as one image per"
                            + " slice");
        }
        boolean backwards = csa.isPresent() && isBackwards(csa.get(), Plane.of(header));
        return Optional.of(new Mosaic(images, tiles, backwards, csa.isEmpty()));
    }

    private static Optional<Integer> numberOfImages(CsaHeader csa) {
        return csa.values("NumberOfImagesInMosaic").stream()
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .findFirst();
    }

    private static boolean isBackwards(CsaHeader csa, Plane plane) {
        try {
            double[] normal = csa.values("SliceNormalVector").stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (normal.length == 3) {
                return Vector3.of(normal, 0).dot(plane.normal()) < 0;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw new JobException(
                DICOM_ATTRIBUTE_INVALID,
                "a Siemens mosaic does not say in which direction its slices follow each other: export it as one image"
                        + " per slice");
    }

    /** What to tell of the one mosaic that a volume may be. */
    public static Optional<Warning> warning(ImageFile image) {
        return image.mosaic()
                .filter(Mosaic::directionAssumed)
                .map(mosaic -> new Warning(
                        WarningCode.MOSAIC_DIRECTION_ASSUMED,
                        "the Siemens mosaic does not say in which direction its slices follow each other (private"
                                + " attributes were removed); that of the image's normal was taken"));
    }

    /** The slices of an image that is this mosaic. */
    public List<Slice> slices(ImageFile image, DataSet header) {
        PixelFormat whole = image.format();
        PixelFormat tile = new PixelFormat(
                whole.rows() / tiles,
                whole.columns() / tiles,
                whole.bitsAllocated(),
                whole.bitsStored(),
                whole.highBit(),
                whole.signed());
        Plane plane = Plane.of(header);
        double right = plane.columnSpacing() * (whole.columns() - tile.columns()) / 2;
        double down = plane.rowSpacing() * (whole.rows() - tile.rows()) / 2;
        Plane first = plane.at(plane.position()
                .plus(plane.alongRow().times(right))
                .plus(plane.alongColumn().times(down)));
        double spacing = header.decimals(Tag.SPACING_BETWEEN_SLICES, 1)[0] * (backwards ? -1 : 1);
        Slice slice = Slice.of(image, 0, header).orElseThrow();
        return IntStream.range(0, images)
                .mapToObj(n -> slice.tile(n, tile, first.along(n * spacing)))
                .toList();
    }

    /** Cuts one tile out of the samples of the whole image. */
    public void cut(short[] mosaic, PixelFormat whole, int tile, PixelFormat format, short[] samples) {
        int row = tile / tiles * format.rows();
        int column = tile % tiles * format.columns();
        for (int j = 0; j < format.rows(); j++) {
            System.arraycopy(
                    mosaic, (row + j) * whole.columns() + column, samples, j * format.columns(), format.columns());
        }
    }

    /**
     * Refuses several mosaics, each of which is a volume.
     *
     * @throws JobException {@code DICOM_ACQUISITIONS_MIXED} where the acquisition number tells them apart, else {@code
     *     DICOM_SLICE_DUPLICATE}
     */
    public static void requireOne(List<Slice> slices) {
        List<ImageFile> mosaics = slices.stream()
                .map(Slice::image)
                .distinct()
                .filter(image -> image.mosaic().isPresent())
                .toList();
        if (mosaics.size() < 2) {
            return;
        }
        String what = "the series has " + mosaics.size() + " Siemens mosaics, each of which is a volume of "
                + mosaics.get(0).mosaic().orElseThrow().images() + " slices: ";
        List<Integer> numbers = mosaics.stream()
                .map(image -> image.acquisition().orElse(null))
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        if (numbers.size() == mosaics.size()) {
            throw new JobException(
                    DICOM_ACQUISITIONS_MIXED,
                    what + "say by acquisitionNumber which to read, of " + numbers.get(0) + " to "
                            + numbers.get(numbers.size() - 1));
        }
        throw new JobException(DICOM_SLICE_DUPLICATE, what + "send the one that is meant");
    }
}
