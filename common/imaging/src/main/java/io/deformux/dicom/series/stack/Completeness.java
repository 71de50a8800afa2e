package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;

import io.deformux.dicom.series.slice.ImageFile;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a stack that is even may still lack slices at its ends, by what its headers promise: Images in Acquisition or Number
 * of Slices, and Instance Numbers without gaps. What lacks is a refusal where as many files are there that could be it, and a
 * warning where fewer are: a part of a series may have been sent on purpose.
 */
public final class Completeness {
    private Completeness() {}

    /**
     * Checks a stack.
     *
     * @param nameless how many files are neither DICOM nor named as anything else
     * @return what to tell
     * @throws JobException {@code INPUT_TRUNCATED} if some of those seem to be slices
     */
    public static Optional<Warning> check(List<Slice> slices, int nameless) {
        int lacking = lackingByPromise(slices);
        int gaps = lackingByNumber(slices);
        int there = Math.max(lacking <= nameless ? lacking : 0, gaps <= nameless ? gaps : 0);
        if (there > 0) {
            throw new JobException(
                    INPUT_TRUNCATED,
                    nameless + " files are not DICOM, and by their headers the slices lack " + there
                            + ": transfer those files again or take them out");
        }
        return lacking == 0
                ? Optional.empty()
                : Optional.of(new Warning(
                        WarningCode.SLICES_FEWER_THAN_ACQUIRED,
                        "by their headers, " + lacking + " more images were acquired than are there"));
    }

    private static int lackingByPromise(List<Slice> slices) {
        Map<Optional<Integer>, List<ImageFile>> acquisitions = slices.stream()
                .map(Slice::image)
                .distinct()
                .filter(image -> image.frames() == 1 && image.mosaic().isEmpty())
                .collect(Collectors.groupingBy(ImageFile::acquisition));
        return acquisitions.values().stream()
                .mapToInt(images -> images.stream()
                                .mapToInt(image -> image.promised().orElse(0))
                                .max()
                                .orElse(0)
                        - images.size())
                .filter(lacking -> lacking > 0)
                .sum();
    }

    /** How many numbers from 1 to the last are not there; 0 where the numbers are not those of the slices. */
    private static int lackingByNumber(List<Slice> slices) {
        TreeSet<Integer> numbers = slices.stream()
                .flatMap(slice -> slice.image().instanceNumber().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return numbers.size() < slices.size() || numbers.first() < 0
                ? 0
                : numbers.last() - numbers.size() + (numbers.first() == 0 ? 1 : 0);
    }
}
