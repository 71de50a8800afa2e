package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * What a fold of a comparison cost, and how good its network is on each case.
 *
 * @param scores a file beside the fold's model: Dice, HD95 and NSD of every validation case and label, see
 *     {@code scores.v1.json}. A file and not a part of the event, since it grows with the cases
 * @param parameters of the network, as it is trained
 * @param multiplyAccumulates of one window
 * @param trainingMs time in the steps of the training in ms, validations left out, over all attempts
 * @param scans how many cases were validated
 * @param inferenceMs time of the sliding window in ms, the mean over those
 * @param peakMemoryBytes the largest resident memory that the worker's process had meanwhile; absent where the system does
 *     not tell
 */
public record FoldMeasurement(
        StoredFile scores,
        long parameters,
        long multiplyAccumulates,
        long trainingMs,
        int scans,
        double inferenceMs,
        Optional<Long> peakMemoryBytes) {
    /** A measurement; the memory may be empty but not {@code null}. */
    public FoldMeasurement {
        Objects.requireNonNull(peakMemoryBytes, "peakMemoryBytes");
    }
}
