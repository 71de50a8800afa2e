package io.deformux.dicom.series.stack;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;
import static io.deformux.failure.FailureCode.DICOM_SLICE_DUPLICATE;

import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.failure.JobException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Images that are there several times, by their SOP Instance UID: the same image again is read once. One UID on different
 * images is a refusal, since nothing derived from them could name its sources.
 */
public final class Duplicates {

    /** What makes a slice another one. */
    private record Identity(String sopInstanceUid, int frame, OptionalInt tile) {}

    /** Reads the samples of a slice. */
    public interface Samples {
        short[] of(Slice slice);
    }

    private Duplicates() {}

    /**
     * The slices, each once, in their order.
     *
     * @param samples is asked for those of slices that are there several times
     * @param passedOver is given those that are left out
     */
    public static List<Slice> leftOut(List<Slice> slices, Samples samples, Consumer<PassedOver> passedOver) {
        Map<Identity, Slice> first = new HashMap<>();
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : slices) {
            Identity identity = new Identity(slice.image().sopInstanceUid(), slice.frame(), slice.tile());
            Slice earlier = first.putIfAbsent(identity, slice);
            if (earlier == null) {
                kept.add(slice);
            } else {
                requireSame(earlier, slice, samples);
                passedOver.accept(PassedOver.slice(PassedOver.Reason.DUPLICATE, slice));
            }
        }
        return kept;
    }

    private static void requireSame(Slice earlier, Slice later, Samples samples) {
        if (!earlier.plane().equals(later.plane())) {
            throw later.image()
                    .file()
                    .failure(new JobException(
                            DICOM_ATTRIBUTE_INVALID,
                            Tag.SOP_INSTANCE_UID + " is that of file "
                                    + earlier.image().file().number()
                                    + " too, which lies elsewhere: give each image a UID of its own, since a"
                                    + " segmentation has to name its sources"));
        }
        if (!earlier.format().equals(later.format())
                || !earlier.rescale().equals(later.rescale())
                || !Arrays.equals(samples.of(earlier), samples.of(later))) {
            throw later.image()
                    .file()
                    .failure(new JobException(
                            DICOM_SLICE_DUPLICATE,
                            Tag.SOP_INSTANCE_UID + " is that of file "
                                    + earlier.image().file().number()
                                    + " too, which has other samples: take one of them out"));
        }
    }
}
