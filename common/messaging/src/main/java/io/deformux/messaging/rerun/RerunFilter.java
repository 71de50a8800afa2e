package io.deformux.messaging.rerun;

import io.deformux.schemas.SegmentationCompleted;
import java.time.Instant;
import java.util.Optional;

/**
 * Which results; what is empty is not asked for.
 *
 * @param since completed then or later
 * @param until completed before then
 * @param model by the model of this name
 * @param version by this version of it
 * @param label with voxels of the label of this name
 */
public record RerunFilter(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> model,
        Optional<String> version,
        Optional<String> label) {
    /** Whether a result of that time is one of them. */
    boolean fits(SegmentationCompleted result, Instant time) {
        return since.filter(time::isBefore).isEmpty()
                && until.filter(end -> !time.isBefore(end)).isEmpty()
                && model.filter(name -> !name.equals(result.model().name())).isEmpty()
                && version.filter(name -> !name.equals(result.model().version()))
                        .isEmpty()
                && label.filter(name -> !has(result, name)).isEmpty();
    }

    private static boolean has(SegmentationCompleted result, String label) {
        return result.labels().stream().anyMatch(one -> one.name().equalsIgnoreCase(label) && one.voxels() > 0);
    }
}
