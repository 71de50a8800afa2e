package io.deformux.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Rules for the test classes of every module, which each module's {@code TestCodeTest} holds its own to. */
public final class TestRules {
    private static final List<String> ASSERTIONS = List.of("org.assertj.", "org.junit.");

    /** Large arrays and small: whether an array can be large is not seen in its type. */
    public static final ArchRule ARRAYS_ARE_COMPARED_BY_OUR_OWN_ASSERTION = noClasses()
            .should()
            .callMethodWhere(
                    DescribedPredicate.describe("it asserts on a primitive array", TestRules::assertsOnAnArray))
            .because("a failure must end, and AssertJ's difference of two volumes does not; use ArrayAssert");

    private TestRules() {}

    private static boolean assertsOnAnArray(JavaMethodCall call) {
        return ASSERTIONS.stream()
                        .anyMatch(library -> call.getTargetOwner().getName().startsWith(library))
                && call.getName().startsWith("assert")
                && call.getTarget().getRawParameterTypes().stream().anyMatch(TestRules::isPrimitiveArray);
    }

    private static boolean isPrimitiveArray(JavaClass type) {
        return type.getName().matches("\\[+[BCDFIJSZ]");
    }
}
