package io.deformux.network.library;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A library and its verdicts on this machine: remembered ones, else found out when they are asked for. */
final class TriedLibrary {
    private static final Logger log = LoggerFactory.getLogger(TriedLibrary.class);
    /** The likeliest to fail first. */
    private static final List<ArithmeticKind> BY_ONEDNN =
            List.of(ArithmeticKind.BF16_FORWARD, ArithmeticKind.FP32_GRADIENTS, ArithmeticKind.FP32_FORWARD);

    private final Libtorch library;
    private final Optional<Verdicts> remembered;
    private final LibraryTrial trial;
    private final Map<ArithmeticKind, Verdict> verdicts = new EnumMap<>(ArithmeticKind.class);

    /**
     * Knows nothing yet.
     *
     * @param remembered of earlier processes; empty if it cannot be said of what library they are
     */
    TriedLibrary(Libtorch library, Optional<Verdicts> remembered, LibraryTrial trial) {
        this.library = library;
        this.remembered = remembered;
        this.trial = trial;
    }

    Libtorch library() {
        return library;
    }

    Verdict verdict(ArithmeticKind kind) {
        Verdict known = verdicts.get(kind);
        if (known == null) {
            known = remembered.flatMap(file -> file.find(kind)).orElseGet(() -> find(kind));
            verdicts.put(kind, known);
        }
        return known;
    }

    /** The first kind by oneDNN that fails; the others are not tried then. */
    Optional<ArithmeticKind> failing() {
        return BY_ONEDNN.stream().filter(kind -> !verdict(kind).passed()).findFirst();
    }

    /** All verdicts: of what oneDNN computes, and if some of that in float is wrong, of what is left without it. */
    Map<ArithmeticKind, Verdict> verdicts() {
        BY_ONEDNN.forEach(this::verdict);
        if (!verdict(ArithmeticKind.FP32_FORWARD).passed()
                || !verdict(ArithmeticKind.FP32_GRADIENTS).passed()) {
            verdict(ArithmeticKind.FP32_WITHOUT_ONEDNN);
        }
        return verdicts;
    }

    private Verdict find(ArithmeticKind kind) {
        long start = System.nanoTime();
        Verdict verdict = trial.of(library, kind);
        log.info(
                "tried {} of {} in {} ms, once for this machine: {}",
                kind.label(),
                library.describe(),
                (System.nanoTime() - start) / 1_000_000,
                verdict.detail());
        if (verdict.conclusive()) {
            remembered.ifPresent(file -> file.remember(kind, verdict));
        }
        return verdict;
    }
}
