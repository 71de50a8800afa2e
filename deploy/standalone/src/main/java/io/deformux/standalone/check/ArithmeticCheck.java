package io.deformux.standalone.check;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** libtorch, devices and precisions. */
public final class ArithmeticCheck implements Check {
    private static final String SECTION = "arithmetic";

    private final ArithmeticProbe probe;

    /** @param probe finds out */
    public ArithmeticCheck(ArithmeticProbe probe) {
        this.probe = probe;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() {
        ArithmeticSurvey found;
        try {
            found = probe.probe();
        } catch (EngineException | LinkageError e) {
            return List.of(Finding.fail(
                    SECTION,
                    "libtorch",
                    "does not load: " + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    "libtorch comes with the jars of this platform; its cache (DJL_CACHE_DIR, else ~/.djl.ai) must be"
                            + " writable and may hold code that runs"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                SECTION,
                "libtorch",
                found.libtorch() + (found.repaired() ? ", a corrected copy, in " : ", in ") + found.library()));
        found.notRepaired()
                .ifPresent(why -> findings.add(Finding.warn(
                        SECTION,
                        "repair",
                        "this libtorch computes wrong here and is not corrected: " + why,
                        "scans are computed by what holds below, which may be slower; see DEFORMUX_CACHE and"
                                + " --no-library-repair")));
        found.devices()
                .forEach(device -> findings.add(Finding.ok(SECTION, "device " + device.name(), device.description())));
        findings.add(Finding.ok(SECTION, "driver", found.driver().orElse("no NVIDIA driver")));
        found.trials().forEach(trial -> findings.add(trial(trial)));
        findings.addAll(proofs(found.proofs()));
        return findings;
    }

    /** What a library computes wrong is avoided, so it is only told. */
    private static Finding trial(PrecisionProof trial) {
        return Finding.ok(SECTION, trial.precision(), (trial.passed() ? "right, " : "wrong, ") + measured(trial));
    }

    /** A precision that fails is no harm as long as another one holds. */
    private static List<Finding> proofs(List<PrecisionProof> proofs) {
        if (proofs.isEmpty()) {
            return List.of(Finding.warn(
                    SECTION,
                    "precisions",
                    "not proven: no precision was tried",
                    "compare a scan whose label map you know before you trust a new machine"));
        }
        boolean another = proofs.stream().anyMatch(PrecisionProof::passed);
        return proofs.stream().map(proof -> finding(proof, another)).toList();
    }

    private static Finding finding(PrecisionProof proof, boolean another) {
        String name = "precision " + proof.precision();
        String error = measured(proof);
        if (proof.passed()) {
            return Finding.ok(SECTION, name, "holds, " + error);
        }
        return another
                ? Finding.warn(SECTION, name, "does not hold, " + error, "leave --precision at auto, which avoids it")
                : Finding.fail(SECTION, name, "does not hold, " + error, "no precision holds: use another machine");
    }

    private static String measured(PrecisionProof proof) {
        return Double.isNaN(proof.worstError())
                ? proof.detail()
                : String.format(Locale.ROOT, "worst relative error %.1e; %s", proof.worstError(), proof.detail());
    }
}
