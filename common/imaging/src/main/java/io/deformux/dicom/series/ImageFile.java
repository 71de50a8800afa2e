package io.deformux.dicom.series;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
 * @param syntax how the pixels are coded
 * @param format how the samples are stored
 * @param padding which of them measure nothing
 * @param frames how many frames it has
 */
record ImageFile(
        SourceFile file,
        StorageClass storageClass,
        String sopInstanceUid,
        String studyUid,
        String seriesUid,
        Optional<String> frameOfReferenceUid,
        Optional<Integer> acquisition,
        TransferSyntax syntax,
        PixelFormat format,
        PixelPadding padding,
        int frames) {
    /** No coding makes a plane more than twice as large, but for headers and tables of a few KiB. */
    private static final long CODED_OVERHEAD = 1 << 16;

    /** The slices in a file, without localizers; call it before anything else is read of the file. */
    static List<Slice> slices(SourceFile source, DicomFile file, StorageClass storageClass) {
        DataSet header = file.header();
        ImageFile image = of(source, file, storageClass, header);
        return frameHeaders(header, storageClass)
                .map(frame -> Slice.of(image, frame.number(), frame.attributes()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The attributes of one frame, and with them those of the object. */
    DataSet header(int frame, int maxFileBytes) {
        return file.require(maxFileBytes, open -> {
            DataSet header = open.header();
            if (storageClass.multiFrame()) {
                FrameHeaders.of(header).frame(frame).elements().forEach(header::put);
            }
            return header;
        });
    }

    /** The Pixel Data as it is coded. */
    Element pixelData(int maxFileBytes) {
        return file.require(maxFileBytes, open -> {
            open.header();
            return open.pixelData(CODED_OVERHEAD + 2 * format.bytes() * frames);
        });
    }

    private static ImageFile of(SourceFile source, DicomFile file, StorageClass storageClass, DataSet header) {
        if (!header.uid(Tag.SOP_CLASS_UID).equals(storageClass.uid())) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    Tag.SOP_CLASS_UID + " and the file meta information contradict each other");
        }
        int frames = header.integer(Tag.NUMBER_OF_FRAMES, 1);
        if (!storageClass.multiFrame() && frames != 1) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.NUMBER_OF_FRAMES + " has to be 1 in this SOP class");
        }
        PixelFormat format = PixelFormat.of(header);
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
                file.syntax(),
                format,
                PixelPadding.of(header, format),
                frames);
    }

    /** The attributes of a frame, counted from 0. */
    private record Frame(int number, DataSet attributes) {}

    private static Stream<Frame> frameHeaders(DataSet header, StorageClass storageClass) {
        if (!storageClass.multiFrame()) {
            return Stream.of(new Frame(0, header));
        }
        FrameHeaders frames = FrameHeaders.of(header);
        return IntStream.range(0, frames.count()).mapToObj(n -> new Frame(n, frames.frame(n)));
    }
}
