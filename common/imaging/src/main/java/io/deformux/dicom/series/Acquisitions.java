package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.DICOM_ACQUISITIONS_MIXED;
import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;

import io.deformux.failure.JobException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The slices of one series by the acquisition they come from: a patient scanned in two breath-holds, or before and after
 * contrast medium, may be one series. All of them are one volume where they make one even stack, as acquisitions that
 * adjoin do. Where they do not, which one is meant is for the sender to say: a choice made here would be a diagnosis of
 * images that nobody asked for.
 */
final class Acquisitions {
    private static final int NAMED_IN_ERROR = 20;

    private final List<Slice> slices;

    /** By number, those without one first. */
    private final Map<Optional<Integer>, List<Slice>> byNumber;

    /** Slices of one series. */
    Acquisitions(List<Slice> slices) {
        if (slices.isEmpty()) {
            throw new JobException(DICOM_NO_IMAGES, "the series has localizers only");
        }
        this.slices = slices;
        this.byNumber = slices.stream()
                .collect(Collectors.groupingBy(
                        Slice::acquisition,
                        () -> new TreeMap<>(Comparator.comparing(number -> number.orElse(Integer.MIN_VALUE))),
                        Collectors.toList()));
    }

    /**
     * The stack of one acquisition, or of all of them together.
     *
     * @param wanted the Acquisition Number of a slice's object or the Frame Acquisition Number of its frame
     * @throws JobException {@code DICOM_ACQUISITIONS_MIXED} if none is wanted and they are not one stack, {@code
     *     DICOM_NO_IMAGES} if the wanted one is not there, and what {@link SliceStack#of} throws
     */
    SliceStack stack(Optional<Integer> wanted) {
        if (wanted.isPresent()) {
            return SliceStack.of(Optional.ofNullable(byNumber.get(wanted))
                    .orElseThrow(() -> new JobException(
                            DICOM_NO_IMAGES,
                            "no image of the acquisition asked for; there are " + describe(byNumber.keySet()))));
        }
        try {
            return SliceStack.of(slices);
        } catch (JobException e) {
            List<Optional<Integer>> readable =
                    byNumber.keySet().stream().filter(this::isStackAlone).toList();
            if (byNumber.size() == 1 || readable.isEmpty()) {
                throw e;
            }
            throw new JobException(
                    DICOM_ACQUISITIONS_MIXED,
                    "the series has several acquisitions that are not one stack, say by acquisitionNumber which to read: "
                            + describe(readable) + "; together: " + e.getMessage(),
                    e);
        }
    }

    /** Scanners that number each of their rotations have slices missing, not acquisitions mixed. */
    private boolean isStackAlone(Optional<Integer> number) {
        List<Slice> alone = byNumber.get(number);
        try {
            return number.isPresent() && alone.size() > 1 && SliceStack.of(alone) != null;
        } catch (JobException e) {
            return false;
        }
    }

    private String describe(Collection<Optional<Integer>> numbers) {
        String named = numbers.stream()
                .limit(NAMED_IN_ERROR)
                .map(number -> number.map(String::valueOf).orElse("none") + " ("
                        + byNumber.get(number).size() + " images)")
                .collect(Collectors.joining(", "));
        return numbers.size() > NAMED_IN_ERROR ? named + ", ..." : named;
    }
}
