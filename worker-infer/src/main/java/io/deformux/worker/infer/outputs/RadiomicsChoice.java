package io.deformux.worker.infer.outputs;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.radiomics.Discretisation;
import io.deformux.radiomics.Discretisation.FixedCount;
import io.deformux.radiomics.Discretisation.FixedWidth;
import io.deformux.radiomics.Radiomics;
import io.deformux.transform.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Of which labels radiomics features are wanted, and with which grey levels.
 *
 * @param result whose labels
 * @param bins how grey levels are made
 */
record RadiomicsChoice(SegmentedScan result, Discretisation bins) {
    static RadiomicsChoice of(SegmentedScan result) {
        return new RadiomicsChoice(result, result.classes().bins().orElseGet(() -> usual(result.preset())));
    }

    /** 25 HU, or for values without a unit 32 bins. */
    private static Discretisation usual(Preset preset) {
        return preset.intensity().inHounsfieldUnits() ? new FixedWidth(25) : new FixedCount(32);
    }

    /** Those of a label, where they are wanted and can be computed. */
    Optional<Radiomics> radiomics(int label) {
        return result.classes().described().contains(label)
                ? Radiomics.of(result.scan(), result.labels(), label, bins)
                : Optional.empty();
    }

    /**
     * The result without the labels that are found and too large to be described, here or anywhere, and with a warning of them.
     *
     * @param room what is left of the heap, in bytes, where so many are wanted
     */
    SegmentedScan fitting(LongUnaryOperator room) {
        List<Integer> described = new ArrayList<>();
        List<String> tooLarge = new ArrayList<>();
        List<String> lackHeap = new ArrayList<>();
        for (int label : result.classes().described()) {
            Radiomics.tooLarge(result.scan(), result.labels(), label, bins, room)
                    .ifPresentOrElse(
                            none -> (none.lacksHeap() ? lackHeap : tooLarge)
                                    .add(result.preset().classes().get(label) + " (" + none.why() + ")"),
                            () -> described.add(label));
        }
        if (tooLarge.isEmpty() && lackHeap.isEmpty()) {
            return result;
        }
        List<Warning> warnings = new ArrayList<>(result.warnings());
        if (!tooLarge.isEmpty()) {
            warnings.add(new Warning(
                    WarningCode.RADIOMICS_LEFT_OUT,
                    "labels whose radiomics features were not computed: " + String.join(", ", tooLarge)));
        }
        if (!lackHeap.isEmpty()) {
            warnings.add(new Warning(
                    WarningCode.RADIOMICS_LACK_HEAP,
                    "labels whose radiomics features were not computed for lack of heap: "
                            + String.join(", ", lackHeap)
                            + "; give the worker's JVM more (-Xmx), then send the job again"));
        }
        return result.describing(described).with(warnings);
    }
}
