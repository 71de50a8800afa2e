package io.deformux.standalone.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What networks are computed with.
 *
 * @param libtorch its version
 * @param library the folder that it was loaded from
 * @param repaired whether that is a corrected copy
 * @param notRepaired why it is none although it computes wrong
 * @param devices what it can compute on
 * @param driver the version of the graphics driver, if there is one
 * @param proofs one per way to compute: whether jobs may run in it
 * @param trials of the library's own arithmetic, where there was reason for them; they decide nothing by themselves
 */
public record ArithmeticSurvey(
        String libtorch,
        Path library,
        boolean repaired,
        Optional<String> notRepaired,
        List<ComputeDevice> devices,
        Optional<String> driver,
        List<PrecisionProof> proofs,
        List<PrecisionProof> trials) {
    /** Lists that stay. */
    public ArithmeticSurvey {
        devices = List.copyOf(devices);
        proofs = List.copyOf(proofs);
        trials = List.copyOf(trials);
    }
}
