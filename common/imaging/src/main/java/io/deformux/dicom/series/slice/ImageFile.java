package io.deformux.dicom.series.slice;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.FrameHeaders;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.failure.JobException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What is known of one image object before its pixels are read, and what all of its frames share.
 *
 * @param file where it is
 * @param storageClass CT or MR, of one frame or of several
 * @param sopInstanceUid which object it is
 * @param studyUid its study
 * @param seriesUid its series
 * @param frameOfReferenceUid its coordinate system
 * @param acquisition the number of its acquisition, where its frames have none of their own
 * @param acquisitionTime when that was, as it is written
 * @param traits what tells its volume from others in its series
 * @param syntax how the pixels are coded
 * @param format how the samples of a frame are stored
 * @param padding which of them measure nothing
 * @param frames how many frames it has
 * @param mosaic how the one frame of a mosaic is cut into slices
 * @param instanceNumber its Instance Number
 * @param promised how many images its acquisition has, where it says so
 */
public record ImageFile(
        SourceFile file,
        StorageClass storageClass,
        String sopInstanceUid,
        String studyUid,
        String seriesUid,
        Optional<String> frameOfReferenceUid,
        Optional<Integer> acquisition,
        Optional<String> acquisitionTime,
        SliceTraits traits,
        TransferSyntax syntax,
        PixelFormat format,
        PixelPadding padding,
        int frames,
        Optional<Mosaic> mosaic,
        Optional<Integer> instanceNumber,
        Optional<Integer> promised) {
    /** No coding makes a plane more than twice as large, but for headers and tables of a few KiB. */
    private static final long CODED_OVERHEAD = 1 << 16;

    /**
     * The slices in the object that has this header.
     *
     * @param passedOver is given the frames that are localizers
     */
    public List<Slice> slices(DataSet header, Consumer<PassedOver> passedOver) {
        if (mosaic.isPresent()) {
            return mosaic.get().slices(this, header);
        }
        if (hasGroups(header)) {
            FrameHeaders groups = FrameHeaders.of(header);
            List<Slice> slices = new ArrayList<>();
            for (int n = 0; n < groups.count(); n++) {
                Optional<Slice> slice = Slice.of(this, n, groups.frame(n));
                slice.ifPresent(slices::add);
                if (slice.isEmpty()) {
                    passedOver.accept(new PassedOver(
                            PassedOver.Reason.LOCALIZER,
                            file.number(),
                            Optional.of(sopInstanceUid),
                            OptionalInt.of(n + 1)));
                }
            }
            return slices;
        }
        return stacked(header);
    }

    /** Whether functional groups describe the frames, as those of some classic objects do too. */
    private boolean hasGroups(DataSet header) {
        return storageClass.multiFrame()
                || frames > 1
                        && !header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE)
                                .isEmpty();
    }

    /**
     * One slice, or the frames of a classic object, as cone beam scanners write them: they have one position, that of the
     * first, and follow each other along the normal.
     */
    private List<Slice> stacked(DataSet header) {
        Slice first = Slice.of(this, 0, header).orElseThrow();
        if (frames == 1) {
            return List.of(first);
        }
        requireNoTimes(header);
        double spacing = header.decimals(Tag.SPACING_BETWEEN_SLICES, 1)[0];
        if (!(spacing > 0)) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.SPACING_BETWEEN_SLICES + " is not positive");
        }
        return IntStream.range(0, frames)
                .mapToObj(n -> first.frame(n, first.plane().along(n * spacing)))
                .toList();
    }

    /** Frames that follow each other in time lie at one place (PS3.3 section C.7.6.6.1.1). */
    private static void requireNoTimes(DataSet header) {
        if (header.element(Tag.FRAME_INCREMENT_POINTER.number()).orElse(null) instanceof Element.Bytes pointer) {
            ByteBuffer tags = ByteBuffer.wrap(pointer.value()).order(pointer.order());
            while (tags.remaining() >= Integer.BYTES) {
                int tag = tags.getShort() << 16 | tags.getShort() & 0xffff;
                if (tag == Tag.FRAME_TIME.number() || tag == Tag.FRAME_TIME_VECTOR.number()) {
                    throw new JobException(
                            DICOM_ATTRIBUTE_INVALID,
                            Tag.FRAME_INCREMENT_POINTER + " is " + Tag.of(tag).orElseThrow()
                                    + ": the frames are a time series of one plane, not a volume; send the series of"
                                    + " slices");
                }
            }
        }
    }

    /** The attributes of one frame, and with them those of the object. */
    public DataSet header(int frame, int maxFileBytes) {
        return file.require(maxFileBytes, open -> {
            DataSet header = open.header();
            if (hasGroups(header)) {
                FrameHeaders.of(header).frame(frame).elements().forEach(header::put);
            }
            return header;
        });
    }

    /** The Pixel Data as it is coded. */
    public Element pixelData(int maxFileBytes) {
        return file.require(maxFileBytes, open -> {
            open.header();
            return open.pixelData(CODED_OVERHEAD + 2 * format.bytes() * frames);
        });
    }

    /** What an object says of itself; call it before anything behind the header is read. */
    public static ImageFile of(SourceFile source, DicomFile file, StorageClass storageClass, DataSet header) {
        if (!header.uid(Tag.SOP_CLASS_UID).equals(storageClass.uid())) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    Tag.SOP_CLASS_UID + " and the file meta information contradict each other");
        }
        PixelFormat format = PixelFormat.of(header);
        int frames = frames(header, storageClass);
        boolean plain = !file.syntax().encapsulated() && !file.syntax().deflated();
        if (plain && frames > file.size() / format.bytes()) {
            throw new JobException(
                    INPUT_TRUNCATED, Tag.ROWS + " and " + Tag.COLUMNS + " ask for more bytes than the file has");
        }
        return new ImageFile(
                source,
                storageClass,
                header.uid(Tag.SOP_INSTANCE_UID),
                header.uid(Tag.STUDY_INSTANCE_UID),
                header.uid(Tag.SERIES_INSTANCE_UID),
                header.optionalUid(Tag.FRAME_OF_REFERENCE_UID),
                header.optionalInteger(Tag.ACQUISITION_NUMBER),
                header.distinction(Tag.ACQUISITION_TIME).or(() -> header.distinction(Tag.ACQUISITION_DATE_TIME)),
                SliceTraits.of(header),
                file.syntax(),
                format,
                PixelPadding.of(header, format),
                frames,
                Mosaic.of(header, format),
                header.optionalInteger(Tag.INSTANCE_NUMBER),
                header.optionalInteger(Tag.IMAGES_IN_ACQUISITION)
                        .or(() -> header.optionalInteger(Tag.NUMBER_OF_SLICES)));
    }

    /** A classic object says 0 or nothing where it means 1. */
    private static int frames(DataSet header, StorageClass storageClass) {
        int stated = header.integer(Tag.NUMBER_OF_FRAMES, storageClass.multiFrame() ? 0 : 1);
        if (stated < 0 || stated == 0 && storageClass.multiFrame()) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.NUMBER_OF_FRAMES + " is not positive");
        }
        return Math.max(1, stated);
    }
}
