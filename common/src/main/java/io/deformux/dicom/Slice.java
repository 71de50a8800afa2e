package io.deformux.dicom;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;

import io.deformux.failure.JobException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of one plane before its pixels are read.
 *
 * @param file where the pixels are
 * @param storageClass CT or MR
 * @param instance the object
 * @param studyUid its study
 * @param seriesUid its series
 * @param frameOfReferenceUid its coordinate system
 * @param syntax how the pixels are coded
 * @param format how the samples are stored
 * @param plane where they lie
 * @param thickness nominal slice thickness in mm
 * @param rescale what the stored values mean
 */
record Slice(
        SourceFile file,
        StorageClass storageClass,
        SopInstance instance,
        String studyUid,
        String seriesUid,
        Optional<String> frameOfReferenceUid,
        TransferSyntax syntax,
        PixelFormat format,
        Plane plane,
        OptionalDouble thickness,
        Rescale rescale) {
    /** No coding makes a plane more than twice as large, but for headers and tables of a few KiB. */
    private static final long CODED_OVERHEAD = 1 << 16;

    /** The slice in a file of classic (single-frame) CT or MR. */
    static Slice of(SourceFile source, DicomFile file, StorageClass storageClass) {
        DataSet header = file.header();
        if (!header.uid(Tag.SOP_CLASS_UID).equals(storageClass.uid())) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    Tag.SOP_CLASS_UID + " and the file meta information contradict each other");
        }
        if (header.integer(Tag.NUMBER_OF_FRAMES, 1) != 1) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.NUMBER_OF_FRAMES + " has to be 1 in this SOP class");
        }
        PixelFormat format = PixelFormat.of(header);
        boolean plain = !file.syntax().encapsulated() && !file.syntax().deflated();
        if (plain && format.bytes() > file.size()) {
            throw new JobException(
                    INPUT_TRUNCATED, Tag.ROWS + " and " + Tag.COLUMNS + " ask for more bytes than the file has");
        }
        return new Slice(
                source,
                storageClass,
                new SopInstance(storageClass.uid(), header.uid(Tag.SOP_INSTANCE_UID)),
                header.uid(Tag.STUDY_INSTANCE_UID),
                header.uid(Tag.SERIES_INSTANCE_UID),
                header.optionalUid(Tag.FRAME_OF_REFERENCE_UID),
                file.syntax(),
                format,
                Plane.of(header),
                thickness(header),
                Rescale.of(header, storageClass));
    }

    /** Decodes the samples, row by row, into an array of {@code format().samples()}. */
    void readSamples(PixelDecoders decoders, int maxFileBytes, short[] samples) {
        file.read(maxFileBytes, open -> {
            open.header();
            Element pixelData = open.pixelData(CODED_OVERHEAD + 2 * format.bytes());
            decoders.of(open.syntax()).decode(pixelData, 0, 1, format, samples);
            return samples;
        });
    }

    private static OptionalDouble thickness(DataSet header) {
        return header.has(Tag.SLICE_THICKNESS)
                ? OptionalDouble.of(header.decimals(Tag.SLICE_THICKNESS, 1)[0])
                : OptionalDouble.empty();
    }
}
