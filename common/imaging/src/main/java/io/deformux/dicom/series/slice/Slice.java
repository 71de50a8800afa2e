package io.deformux.dicom.series.slice;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.failure.JobException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of one plane before its pixels are read.
 *
 * @param image the object that it is in
 * @param frame which frame of that, from 0
 * @param tile which tile of the frame, from 0, where the object is a mosaic
 * @param format how its samples are stored
 * @param plane where it lies
 * @param thickness nominal slice thickness in mm; not a number where it cannot be read
 * @param rescale what the stored values mean
 * @param acquisition the number of the acquisition it comes from
 * @param traits what tells its volume from others in its series
 */
public record Slice(
        ImageFile image,
        int frame,
        OptionalInt tile,
        PixelFormat format,
        Plane plane,
        OptionalDouble thickness,
        Rescale rescale,
        Optional<Integer> acquisition,
        SliceTraits traits) {

    /** What padding reads as at most: air in HU. */
    private static final float AIR = -1000;

    /** What HU of the body there are, lungs and bone included. */
    private static final float LEAST_TISSUE = -950;

    private static final float MOST_TISSUE = 2500;

    /**
     * The slice that these attributes describe.
     *
     * @return empty for a localizer (PS3.3 sections C.8.2.1.1.1 and C.8.16.1)
     */
    public static Optional<Slice> of(ImageFile image, int frame, DataSet attributes) {
        if (isLocalizer(attributes)) {
            return Optional.empty();
        }
        return Optional.of(new Slice(
                image,
                frame,
                OptionalInt.empty(),
                image.format(),
                Plane.of(attributes),
                thickness(attributes),
                Rescale.of(attributes, image.storageClass()),
                attributes.optionalInteger(Tag.FRAME_ACQUISITION_NUMBER).or(image::acquisition),
                image.traits().with(attributes)));
    }

    /** Another frame of the same object. */
    public Slice frame(int other, Plane where) {
        return new Slice(image, other, tile, format, where, thickness, rescale, acquisition, traits);
    }

    /** A tile of this image. */
    public Slice tile(int number, PixelFormat tileFormat, Plane where) {
        return new Slice(
                image, frame, OptionalInt.of(number), tileFormat, where, thickness, rescale, acquisition, traits);
    }

    /** Whether the third value of the image type, or of a frame's own, says so. */
    public static boolean isLocalizer(DataSet attributes) {
        List<String> type = attributes.codes(attributes.has(Tag.FRAME_TYPE) ? Tag.FRAME_TYPE : Tag.IMAGE_TYPE);
        return type.size() > 2 && type.get(2).equals("LOCALIZER");
    }

    /** The object, or the frame of it where it may have several. */
    public SopInstance instance() {
        boolean frames = image.storageClass().multiFrame() || image.frames() > 1;
        return new SopInstance(
                image.storageClass().uid(),
                image.sopInstanceUid(),
                frames ? OptionalInt.of(frame + 1) : OptionalInt.empty());
    }

    /** What a sample as allocated means; padding is air, unless it is lower still. */
    public float value(short sample) {
        float value = measured(sample);
        return isPadding(sample) ? Math.min(value, air()) : value;
    }

    /** What a sample as allocated means, be it padding or not. */
    public float measured(short sample) {
        return rescale.apply(format.value(sample));
    }

    /** Whether a sample is of those that pad the image. */
    public boolean isPadding(short sample) {
        return image.padding().contains(sample, format);
    }

    /**
     * Whether what pads the image could also be measured inside a body, as 0 in images that are stored as HU: there only its
     * place tells which it is.
     */
    public boolean paddingMayBeTissue() {
        if (!image.storageClass().hounsfield() || !image.padding().isStored(format)) {
            return false;
        }
        float one = rescale.apply(image.padding().first());
        float other = rescale.apply(image.padding().last());
        return Math.max(one, other) >= LEAST_TISSUE && Math.min(one, other) <= MOST_TISSUE;
    }

    private float air() {
        return image.storageClass().hounsfield() ? AIR : 0;
    }

    /** Few series need it, so one that is no number is no reason to refuse the others. */
    private static OptionalDouble thickness(DataSet attributes) {
        if (!attributes.has(Tag.SLICE_THICKNESS)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(attributes.decimals(Tag.SLICE_THICKNESS, 1)[0]);
        } catch (JobException e) {
            return OptionalDouble.of(Double.NaN);
        }
    }
}
