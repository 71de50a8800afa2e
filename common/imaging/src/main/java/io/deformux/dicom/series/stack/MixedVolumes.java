package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.DICOM_ACQUISITIONS_MIXED;

import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.SliceTraits;
import io.deformux.failure.JobException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Several volumes in one series that no acquisition number tells apart: by one of the {@link SliceTraits} the slices fall into
 * groups, each of which is an even stack, and these lie at the same places or between each other. A trait that varies for
 * another reason, such as a measured time, does not make groups that are all even.
 */
final class MixedVolumes {
    private static final int NAMED_IN_ERROR = 20;

    private final Predicate<List<Slice>> evenStack;

    /** {@code evenStack}: whether slices make a volume by themselves. */
    MixedVolumes(Predicate<List<Slice>> evenStack) {
        this.evenStack = evenStack;
    }

    /** What to say of slices that make no stack together, where they make several. */
    Optional<JobException> refusal(List<Slice> slices) {
        return refusal(slices, tag -> true);
    }

    /** What to say of slices that make one stack together, in ascending order, where it is one of alternating volumes. */
    Optional<JobException> alternating(List<Slice> sorted) {
        return refusal(sorted, tag -> alternate(sorted, slice -> slice.traits().of(tag)));
    }

    private Optional<JobException> refusal(List<Slice> slices, Predicate<Tag> candidate) {
        for (Tag tag : SliceTraits.TOLD) {
            Map<Optional<String>, List<Slice>> groups = groups(slices, tag);
            if (groups.size() > 1
                    && groups.values().stream().allMatch(group -> group.size() > 1)
                    && candidate.test(tag)
                    && groups.values().stream().allMatch(evenStack)) {
                return Optional.of(new JobException(
                        DICOM_ACQUISITIONS_MIXED,
                        "the series holds " + groups.size() + " volumes that differ in " + tag + ": "
                                + describe(groups)
                                + "; send the one that is meant as a series of its own"));
            }
        }
        return Optional.empty();
    }

    private static Map<Optional<String>, List<Slice>> groups(List<Slice> slices, Tag tag) {
        return slices.stream()
                .collect(Collectors.groupingBy(
                        slice -> slice.traits().of(tag), LinkedHashMap::new, Collectors.toList()));
    }

    /** Only numbers are told: texts may be about the patient. */
    private static String describe(Map<Optional<String>, List<Slice>> groups) {
        Collection<String> named = groups.entrySet().stream()
                .limit(NAMED_IN_ERROR)
                .map(entry -> entry.getKey()
                        .filter(value -> value.matches("[0-9.+-]{1,16}"))
                        .map(value -> value + " (" + entry.getValue().size() + " images)")
                        .orElse(entry.getValue().size() + " images"))
                .toList();
        return String.join(", ", named) + (groups.size() > NAMED_IN_ERROR ? ", ..." : "");
    }

    /**
     * Whether slices of a kind lie on both sides of slices of another one; those of one slice are none. Slices that name no
     * kind are one of their own: scanners that leave it out do so for a whole phase.
     */
    static boolean alternate(List<Slice> sorted, Function<Slice, Optional<String>> kind) {
        Map<Optional<String>, Long> counts =
                sorted.stream().collect(Collectors.groupingBy(kind, Collectors.counting()));
        Set<Optional<String>> ended = new HashSet<>();
        Optional<String> current = kind.apply(sorted.get(0));
        for (Slice slice : sorted) {
            Optional<String> own = kind.apply(slice);
            if (!own.equals(current) && counts.get(own) > 1) {
                if (ended.contains(own)) {
                    return true;
                }
                ended.add(current);
                current = own;
            }
        }
        return false;
    }
}
