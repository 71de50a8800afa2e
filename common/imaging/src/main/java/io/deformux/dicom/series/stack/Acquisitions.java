package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.DICOM_ACQUISITIONS_MIXED;
import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;

import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.JobException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The slices of one series by the acquisition they come from: a patient scanned in two breath-holds, or before and after
 * contrast medium, may be one series. All of them are one volume where they make one even stack in which one follows the
 * other, as acquisitions that adjoin do. Where they do not, or where their slices alternate, as those of two phases may, which
 * one is meant is for the sender to say: a choice made here would be a diagnosis of images that nobody asked for.
 */
public final class Acquisitions {
    private static final int NAMED_IN_ERROR = 20;

    private final List<Slice> slices;
    private final UnevenSlices uneven;
    private final MixedVolumes volumes = new MixedVolumes(this::isStack);

    /** By number, those without one first. */
    private final Map<Optional<Integer>, List<Slice>> byNumber;

    /** Slices of one series, at least one. */
    public Acquisitions(List<Slice> slices, UnevenSlices uneven) {
        this.slices = slices;
        this.uneven = uneven;
        this.byNumber = byNumber(slices);
    }

    private static Map<Optional<Integer>, List<Slice>> byNumber(List<Slice> slices) {
        return slices.stream()
                .collect(Collectors.groupingBy(
                        Slice::acquisition,
                        () -> new TreeMap<>(Comparator.comparing(number -> number.orElse(Integer.MIN_VALUE))),
                        Collectors.toList()));
    }

    /**
     * The slices of one acquisition.
     *
     * @param wanted the Acquisition Number of a slice's object or the Frame Acquisition Number of its frame
     * @param passedOver is given the others
     * @throws JobException {@code DICOM_NO_IMAGES} if it is not there
     */
    public static List<Slice> only(int wanted, List<Slice> slices, Consumer<PassedOver> passedOver) {
        Map<Boolean, List<Slice>> parts = slices.stream()
                .collect(Collectors.partitioningBy(slice -> slice.acquisition().equals(Optional.of(wanted))));
        if (parts.get(true).isEmpty()) {
            Map<Optional<Integer>, List<Slice>> there = byNumber(slices);
            throw new JobException(
                    DICOM_NO_IMAGES,
                    "no image of the acquisition asked for; there are " + describe(there, there.keySet()));
        }
        parts.get(false)
                .forEach(slice -> passedOver.accept(PassedOver.slice(PassedOver.Reason.OTHER_ACQUISITION, slice)));
        return parts.get(true);
    }

    /**
     * The stack of all of them together.
     *
     * @throws JobException {@code DICOM_ACQUISITIONS_MIXED} if they are not one stack and alone some of them are, or if
     *     their slices alternate, and what {@link SliceStack#of} throws
     */
    public SliceStack stack() {
        SliceStack stack = stackOrRefusal();
        requireApart(stack.slices(), slice -> slice.acquisition().map(String::valueOf));
        boolean timed = byNumber.size() == 1 && slices.get(0).image().storageClass() == StorageClass.CT_IMAGE;
        if (timed
                && MixedVolumes.alternate(stack.slices(), slice -> slice.image().acquisitionTime())) {
            throw new JobException(
                    DICOM_ACQUISITIONS_MIXED,
                    "the slices of several acquisition times alternate, as those of phases do: send each phase as a series"
                            + " of its own");
        }
        volumes.alternating(stack.slices()).ifPresent(refusal -> {
            throw refusal;
        });
        return stack;
    }

    private void requireApart(List<Slice> sorted, Function<Slice, Optional<String>> acquisition) {
        if (MixedVolumes.alternate(sorted, acquisition)) {
            throw new JobException(
                    DICOM_ACQUISITIONS_MIXED,
                    "the series has several acquisitions whose slices alternate, say by acquisitionNumber which to read: "
                            + describe(byNumber, byNumber.keySet()));
        }
    }

    private SliceStack stackOrRefusal() {
        try {
            return SliceStack.of(slices, uneven);
        } catch (JobException e) {
            List<Optional<Integer>> readable =
                    byNumber.keySet().stream().filter(this::isStackAlone).toList();
            if (byNumber.size() == 1 || readable.isEmpty()) {
                throw volumes.refusal(slices).orElse(e);
            }
            throw new JobException(
                    DICOM_ACQUISITIONS_MIXED,
                    "the series has several acquisitions that are not one stack, say by acquisitionNumber which to read: "
                            + describe(byNumber, readable) + "; together: " + e.getMessage(),
                    e);
        }
    }

    /** Scanners that number each of their rotations have slices missing, not acquisitions mixed. */
    private boolean isStackAlone(Optional<Integer> number) {
        List<Slice> alone = byNumber.get(number);
        return number.isPresent() && alone.size() > 1 && isStack(alone);
    }

    private boolean isStack(List<Slice> alone) {
        try {
            return SliceStack.of(alone, uneven) != null;
        } catch (JobException e) {
            return false;
        }
    }

    private static String describe(
            Map<Optional<Integer>, List<Slice>> byNumber, Collection<Optional<Integer>> numbers) {
        String named = numbers.stream()
                .limit(NAMED_IN_ERROR)
                .map(number -> number.map(String::valueOf).orElse("none") + " ("
                        + byNumber.get(number).size() + " images)")
                .collect(Collectors.joining(", "));
        return numbers.size() > NAMED_IN_ERROR ? named + ", ..." : named;
    }
}
