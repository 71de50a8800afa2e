package io.deformux.dicom.series.folder;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.slice.ImageFile;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.PassedOver.Reason;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.SourceFile;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one file of the input is.
 *
 * @param file the file
 * @param seriesUid the series that it is an image of; empty: it is none
 * @param slices its slices, where they were wanted and can be read
 * @param passedOver the file itself or frames of it that are no part of a volume
 * @param failure why its slices cannot be read; one that is passed over too matters only where nothing else is there, or
 *     where it is of the form of the slices
 * @param form what it is like, where it is an image that lies nowhere
 */
record FileContent(
        SourceFile file,
        Optional<String> seriesUid,
        List<Slice> slices,
        List<PassedOver> passedOver,
        Optional<JobException> failure,
        Optional<Form> form) {

    /** What the slices of a stack have in common. */
    record Form(StorageClass storageClass, Optional<Integer> rows, Optional<Integer> columns) {
        static Form of(Slice slice) {
            return new Form(
                    slice.image().storageClass(),
                    Optional.of(slice.image().format().rows()),
                    Optional.of(slice.image().format().columns()));
        }
    }

    private static final int LAST_GROUP_OF_PLACES = 0x0020;

    /** A file that is no image of any series. */
    static FileContent other(SourceFile file, Reason reason, Optional<String> sopInstanceUid) {
        return new FileContent(
                file,
                Optional.empty(),
                List.of(),
                List.of(PassedOver.file(reason, file, sopInstanceUid)),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Reads a file.
     *
     * @param wanted the only series whose slices are needed; empty: any
     * @throws JobException if not even its header can be read
     */
    static FileContent of(SourceFile source, int maxFileBytes, Optional<String> wanted) {
        if (source.hidden()) {
            return other(source, Reason.HIDDEN, Optional.empty());
        }
        return source.read(maxFileBytes, open -> of(source, open, wanted))
                .orElseGet(() -> other(source, Reason.NOT_DICOM, Optional.empty()));
    }

    private static FileContent of(SourceFile source, DicomFile open, Optional<String> wanted) {
        if (open.sopClassUid().filter(uid -> StorageClass.of(uid).isEmpty()).isPresent()) {
            return other(source, Reason.OTHER_CLASS, open.sopInstanceUid());
        }
        DataSet header = open.header();
        Optional<String> instance = header.optionalUid(Tag.SOP_INSTANCE_UID);
        Optional<StorageClass> storageClass =
                StorageClass.of(open.sopClassUid().orElseGet(() -> header.uid(Tag.SOP_CLASS_UID)));
        if (storageClass.isEmpty()) {
            return other(source, Reason.OTHER_CLASS, instance);
        }
        if (Slice.isLocalizer(header)) {
            return other(source, Reason.LOCALIZER, instance);
        }
        String seriesUid = header.uid(Tag.SERIES_INSTANCE_UID);
        if (wanted.filter(uid -> !uid.equals(seriesUid)).isPresent()) {
            return of(source, seriesUid, List.of(PassedOver.file(Reason.OTHER_SERIES, source, instance)));
        }
        Optional<Reason> odd = odd(header, open);
        try {
            requirePixels(header, open);
            ImageFile image = ImageFile.of(source, open, storageClass.get(), header);
            List<PassedOver> frames = new ArrayList<>();
            List<Slice> slices = image.slices(header, frames::add);
            return new FileContent(
                    source, Optional.of(seriesUid), slices, List.copyOf(frames), Optional.empty(), Optional.empty());
        } catch (JobException e) {
            List<PassedOver> passedOver = odd.map(reason -> List.of(PassedOver.file(reason, source, instance)))
                    .orElse(List.of());
            Optional<Form> form = odd.filter(reason -> reason == Reason.NO_PLACE)
                    .map(reason -> new Form(
                            storageClass.get(), header.optionalInteger(Tag.ROWS), header.optionalInteger(Tag.COLUMNS)));
            return new FileContent(
                    source, Optional.of(seriesUid), List.of(), passedOver, Optional.of(source.failure(e)), form);
        }
    }

    private static FileContent of(SourceFile source, String seriesUid, List<PassedOver> passedOver) {
        return new FileContent(
                source, Optional.of(seriesUid), List.of(), passedOver, Optional.empty(), Optional.empty());
    }

    /** Says of one that was cut what it lacks, and not that what comes first of that is wrong. */
    private static void requirePixels(DataSet header, DicomFile open) {
        if (!open.hasPixelData() && !header.has(Tag.ROWS)) {
            throw new JobException(
                    FailureCode.DICOM_ATTRIBUTE_MISSING,
                    Tag.PIXEL_DATA + " is missing: transfer the file again or take it out");
        }
    }

    /** Whether an object cannot be a slice, whatever else it lacks: its class alone would make it one. */
    private static Optional<Reason> odd(DataSet header, DicomFile open) {
        boolean placed = header.has(Tag.IMAGE_POSITION_PATIENT) || header.has(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        // One that ends earlier was cut, between two elements by chance.
        boolean ended = header.elements().stream().anyMatch(element -> element.tag() >>> 16 > LAST_GROUP_OF_PLACES);
        boolean image = placed || header.has(Tag.SAMPLES_PER_PIXEL);
        if (!open.hasPixelData() && ended && !image) {
            return Optional.of(Reason.NO_PIXELS);
        }
        if (header.optionalInteger(Tag.SAMPLES_PER_PIXEL).filter(n -> n > 1).isPresent()) {
            return Optional.of(Reason.COLOUR);
        }
        boolean nowhere = !placed && !header.has(Tag.IMAGE_ORIENTATION_PATIENT);
        return nowhere && open.hasPixelData() ? Optional.of(Reason.NO_PLACE) : Optional.empty();
    }

    /** Whether it is not DICOM and was looked at. */
    boolean isForeign() {
        return passedOver.stream().anyMatch(entry -> entry.reason() == Reason.NOT_DICOM);
    }

    /** Whether it is not DICOM or was not looked at. */
    boolean isNoDicom() {
        return passedOver.stream()
                .anyMatch(entry -> entry.reason() == Reason.NOT_DICOM || entry.reason() == Reason.HIDDEN);
    }

    /** The failure that this file ends the reading with: none where it can be passed over. */
    Optional<JobException> refusal() {
        return passedOver.isEmpty() ? failure : Optional.empty();
    }

    /** The failure of an image that lies nowhere and has one of these forms: it may be a slice that lost its place. */
    Optional<JobException> lostPlace(Set<Form> forms) {
        return form.filter(forms::contains).flatMap(own -> failure);
    }

    /** What to say of a file that is not DICOM where it has to be a slice. */
    JobException damaged() {
        return file.failure(
                file.isShorterThanPreamble()
                        ? new JobException(
                                FailureCode.INPUT_TRUNCATED,
                                "it ends within the DICOM preamble: transfer it again or take it out")
                        : new JobException(
                                FailureCode.DICOM_MALFORMED,
                                SliceNames.saysCompressed(file)
                                        ? "it has the name of a slice that is compressed: unpack it or take it out"
                                        : "it has the name of a slice but is not DICOM: send it again or take it out"));
    }
}
