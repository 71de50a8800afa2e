package io.deformux.results;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.deformux.testing.TestRules;

/** What the tests of this module may do. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ImportOption.OnlyIncludeTests.class)
class TestCodeTest {
    @ArchTest
    static final ArchRule arraysAreComparedByOurOwnAssertion = TestRules.ARRAYS_ARE_COMPARED_BY_OUR_OWN_ASSERTION;
}
