package io.deformux.testing.fuzz;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A target under Jazzer, which is led by the branches that its inputs take; found by its name and the names of its methods,
 * so that no code depends on it. {@code fuzz.class} names the test class that lists the target, {@code fuzz.target} the
 * target, {@code fuzz.corpus} the folder of its seeds. Allocations are not counted: what Jazzer puts into classes when
 * they are loaded would be among them.
 */
public final class JazzerEntry {
    private static FuzzTarget target;

    private JazzerEntry() {}

    /** Finds the target and lays out its seeds. */
    public static void fuzzerInitialize() throws ReflectiveOperationException {
        Method targets = Class.forName(System.getProperty("fuzz.class")).getDeclaredMethod("targets");
        targets.setAccessible(true);
        FuzzTarget counted = ((Stream<?>) targets.invoke(null))
                .map(FuzzTarget.class::cast)
                .filter(each -> each.name().equals(System.getProperty("fuzz.target")))
                .findFirst()
                .orElseThrow();
        target = new FuzzTarget(
                counted.name(),
                counted.seeds(),
                counted.tokens(),
                counted.documented(),
                new FuzzTarget.Memory(Long.MAX_VALUE, 0),
                counted.reading());
        KeptInputs corpus = new KeptInputs(Path.of(System.getProperty("fuzz.corpus")));
        target.seeds().forEach(corpus::write);
    }

    /** One reading; throws what is a finding. */
    public static void fuzzerTestOneInput(byte[] input) {
        Execution execution = Execution.of(target, input);
        execution.finding().ifPresent(finding -> {
            throw new IllegalStateException(finding, execution.thrown().orElse(null));
        });
    }
}
