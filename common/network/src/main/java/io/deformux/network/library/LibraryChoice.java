package io.deformux.network.library;

import java.util.Map;
import java.util.Optional;

/**
 * The PyTorch that this JVM starts on, and what of it is trusted.
 *
 * @param library which one, in plain words
 * @param repaired whether it is a corrected copy
 * @param verdicts by kind; {@link ArithmeticKind#FP32_WITHOUT_ONEDNN} only where a kind in float failed
 * @param notRepaired why it is no corrected copy although one was wanted
 * @param forced what a person forces every network to compute in
 * @param startProperties system properties that DJL has to find when the engine starts
 */
public record LibraryChoice(
        String library,
        boolean repaired,
        Map<ArithmeticKind, Verdict> verdicts,
        Optional<String> notRepaired,
        Optional<ForcedArithmetic> forced,
        Map<String, String> startProperties) {

    /** Copies the maps. */
    public LibraryChoice {
        verdicts = Map.copyOf(verdicts);
        startProperties = Map.copyOf(startProperties);
    }

    /** Whether that kind passed, or nothing spoke against it. */
    public boolean trusts(ArithmeticKind kind) {
        Verdict verdict = verdicts.get(kind);
        return verdict != null && verdict.passed();
    }

    /** What speaks against a kind: what was found out about it, if it was tried and failed. */
    public Optional<String> fault(ArithmeticKind kind) {
        return Optional.ofNullable(verdicts.get(kind))
                .filter(verdict -> !verdict.passed())
                .map(Verdict::detail);
    }

    /** Whether oneDNN has to be switched off: forced, or float by oneDNN is wrong. */
    public boolean withoutOneDnn() {
        return forced.equals(Optional.of(ForcedArithmetic.FP32_WITHOUT_ONEDNN))
                || !trusts(ArithmeticKind.FP32_FORWARD)
                || !trusts(ArithmeticKind.FP32_GRADIENTS);
    }
}
