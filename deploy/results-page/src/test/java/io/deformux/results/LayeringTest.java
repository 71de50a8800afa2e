package io.deformux.results;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.deformux.testing.PackageRules;
import io.deformux.testing.ThisModule;

/** What the packages of this module may import. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ThisModule.class)
class LayeringTest {
    @ArchTest
    static final ArchRule eachPackageImportsWhatItSays = PackageRules.EACH_PACKAGE_IMPORTS_WHAT_IT_SAYS;

    @ArchTest
    static final ArchRule noCircles = PackageRules.NO_CIRCLES;
}
