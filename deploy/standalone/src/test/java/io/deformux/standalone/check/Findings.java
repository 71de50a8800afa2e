package io.deformux.standalone.check;

import java.util.List;

/** Finds findings. */
public final class Findings {
    private Findings() {}

    /** The one of that name. */
    public static Finding named(String name, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + name + " in " + findings));
    }
}
