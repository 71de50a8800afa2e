package io.deformux.network.proof;

import java.util.List;
import java.util.Locale;

/**
 * What a proof found.
 *
 * @param layers how many layers were checked
 * @param worst the worst relative error of all; infinite if a value was not finite
 * @param faults a line for each layer that is wrong, and one if the network's output is not finite
 * @param seed what chose image and voxels
 * @param checkNanos how long the checks took, in ns
 */
public record ProofReport(int layers, double worst, List<String> faults, long seed, long checkNanos) {

    /** Keeps a copy. */
    public ProofReport {
        faults = List.copyOf(faults);
    }

    /** Whether every layer was right, and at least one was checked. */
    public boolean passed() {
        return layers > 0 && faults.isEmpty();
    }

    /** In one line, for logs. */
    public String summary() {
        return passed()
                ? String.format(
                        Locale.ROOT, "%d layers right, worst relative error %.1e (seed %d)", layers, worst, seed)
                : String.format(
                        Locale.ROOT,
                        "%d of %d layers wrong (seed %d), first: %s",
                        faults.size(),
                        layers,
                        seed,
                        faults.isEmpty() ? "none was checked" : faults.get(0));
    }
}
