package io.deformux.dicom.series;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.NamedUid;
import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.slice.StorageClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Images of one series as one multi-frame object, as a scanner that writes Enhanced CT would have sent them. */
public final class EnhancedImage {
    private static final List<Tag> MOVED = List.of(
            Tag.IMAGE_POSITION_PATIENT,
            Tag.IMAGE_ORIENTATION_PATIENT,
            Tag.PIXEL_SPACING,
            Tag.SLICE_THICKNESS,
            Tag.RESCALE_SLOPE,
            Tag.RESCALE_INTERCEPT,
            Tag.RESCALE_TYPE,
            Tag.ACQUISITION_NUMBER,
            Tag.IMAGE_TYPE,
            Tag.PIXEL_DATA);

    private EnhancedImage() {}

    /** The object, its frames in the order of these images; orientation and spacing are those of the first. */
    public static DataSet of(List<DataSet> images) {
        DataSet first = images.get(0);
        DataSet object = new DataSet();
        first.elements().stream()
                .filter(element -> MOVED.stream().noneMatch(tag -> tag.number() == element.tag()))
                .forEach(object::put);
        object.put(Tag.SOP_CLASS_UID, StorageClass.ENHANCED_CT_IMAGE.uid())
                .put(Tag.SOP_INSTANCE_UID, NamedUid.of("enhanced/" + first.uid(Tag.SOP_INSTANCE_UID)))
                .put(Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\VOLUME\\NONE")
                .put(Tag.NUMBER_OF_FRAMES, Integer.toString(images.size()))
                .put(
                        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
                        new DataSet()
                                .put(Tag.PIXEL_MEASURES_SEQUENCE, some(first, Tag.PIXEL_SPACING, Tag.SLICE_THICKNESS))
                                .put(Tag.PLANE_ORIENTATION_SEQUENCE, some(first, Tag.IMAGE_ORIENTATION_PATIENT)))
                .put(
                        Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE,
                        images.stream().map(EnhancedImage::groups).toArray(DataSet[]::new));
        return object.put(pixels(images));
    }

    /** Writes the images below a folder, in name order, as one object; gives its path. */
    public static Path write(Path images, Path object) {
        try (Stream<Path> files = Files.list(images)) {
            List<DataSet> read = files.sorted().map(EnhancedImage::read).toList();
            SyntheticSeries.write(object, SyntheticSeries.file(of(read)));
            return object;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataSet read(Path path) {
        try (DicomFile file = DicomFile.open(path, 1 << 24).orElseThrow()) {
            DataSet image = file.header();
            return image.put(file.pixelData(1 << 24));
        }
    }

    /** The groups of one frame, to be bent. */
    static DataSet frame(DataSet object, int n) {
        return object.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE).get(n);
    }

    private static DataSet groups(DataSet image) {
        DataSet content = new DataSet();
        image.optionalInteger(Tag.ACQUISITION_NUMBER)
                .ifPresent(number -> content.put(Tag.FRAME_ACQUISITION_NUMBER, number));
        return new DataSet()
                .put(Tag.FRAME_CONTENT_SEQUENCE, content)
                .put(Tag.PLANE_POSITION_SEQUENCE, some(image, Tag.IMAGE_POSITION_PATIENT))
                .put(
                        Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                        some(image, Tag.RESCALE_SLOPE, Tag.RESCALE_INTERCEPT, Tag.RESCALE_TYPE))
                .put(
                        Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE,
                        new DataSet().put(Tag.FRAME_TYPE, "ORIGINAL\\PRIMARY\\VOLUME\\NONE"));
    }

    private static DataSet some(DataSet image, Tag... tags) {
        DataSet some = new DataSet();
        for (Tag tag : tags) {
            image.element(tag.number()).ifPresent(some::put);
        }
        return some;
    }

    private static Element pixels(List<DataSet> images) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        List<byte[]> fragments = new ArrayList<>();
        for (DataSet image : images) {
            Element pixels = image.element(Tag.PIXEL_DATA.number()).orElseThrow();
            if (pixels instanceof Element.Fragments coded) {
                fragments.addAll(coded.fragments());
            } else {
                plain.writeBytes(((Element.Bytes) pixels).value());
            }
        }
        return fragments.isEmpty()
                ? new Element.Bytes(Tag.PIXEL_DATA.number(), Vr.OW, plain.toByteArray(), ByteOrder.LITTLE_ENDIAN)
                : new Element.Fragments(Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), fragments);
    }
}
