package io.deformux.dicom.series;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of one plane before its pixels are read.
 *
 * @param image the object that it is in
 * @param frame which frame of that, from 0
 * @param plane where it lies
 * @param thickness nominal slice thickness in mm
 * @param rescale what the stored values mean
 * @param acquisition the number of the acquisition it comes from
 */
record Slice(
        ImageFile image,
        int frame,
        Plane plane,
        OptionalDouble thickness,
        Rescale rescale,
        Optional<Integer> acquisition) {

    /** What padding reads as at most: air in HU. */
    private static final float AIR = -1000;

    /**
     * The slice that these attributes describe.
     *
     * @return empty for a localizer (PS3.3 sections C.8.2.1.1.1 and C.8.16.1)
     */
    static Optional<Slice> of(ImageFile image, int frame, DataSet attributes) {
        if (isLocalizer(attributes)) {
            return Optional.empty();
        }
        return Optional.of(new Slice(
                image,
                frame,
                Plane.of(attributes),
                thickness(attributes),
                Rescale.of(attributes, image.storageClass()),
                attributes.optionalInteger(Tag.FRAME_ACQUISITION_NUMBER).or(image::acquisition)));
    }

    /** Whether the third value of the image type, or of a frame's own, says so. */
    static boolean isLocalizer(DataSet attributes) {
        List<String> type = attributes.codes(attributes.has(Tag.FRAME_TYPE) ? Tag.FRAME_TYPE : Tag.IMAGE_TYPE);
        return type.size() > 2 && type.get(2).equals("LOCALIZER");
    }

    /** The object, or the frame of it where it may have several. */
    SopInstance instance() {
        return new SopInstance(
                image.storageClass().uid(),
                image.sopInstanceUid(),
                image.storageClass().multiFrame() ? OptionalInt.of(frame + 1) : OptionalInt.empty());
    }

    /** What a sample as allocated means; padding is air, unless it is lower still. */
    float value(short sample) {
        int stored = image.format().value(sample);
        float value = rescale.apply(stored);
        return image.padding().contains(stored) ? Math.min(value, air()) : value;
    }

    private float air() {
        return image.storageClass().hounsfield() ? AIR : 0;
    }

    private static OptionalDouble thickness(DataSet attributes) {
        return attributes.has(Tag.SLICE_THICKNESS)
                ? OptionalDouble.of(attributes.decimals(Tag.SLICE_THICKNESS, 1)[0])
                : OptionalDouble.empty();
    }
}
