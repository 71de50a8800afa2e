package io.deformux.testing;

import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** How a test is called where only a line is left for it: class, method, and which of several runs of that method. */
final class TestName {
    private TestName() {}

    static String of(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> of((MethodSource) source, test.getDisplayName()))
                .orElse(test.getDisplayName());
    }

    private static String of(MethodSource source, String displayed) {
        String method = source.getClassName().replaceFirst(".*\\.", "") + "." + source.getMethodName();
        return displayed.startsWith(source.getMethodName()) ? method : method + " " + displayed;
    }
}
