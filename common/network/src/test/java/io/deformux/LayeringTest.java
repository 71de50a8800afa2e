package io.deformux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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

    @ArchTest
    static final ArchRule kernelsKnowNothingButJava = noClasses()
            .that()
            .resideInAPackage("io.deformux.network.kernel..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.deformux.network.kernel..", "java..", "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule trainingKernelsKnowNothingButJava = noClasses()
            .that()
            .resideInAPackage("io.deformux.network.training..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.deformux.network.training..", "java..", "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule theLibraryIsChosenBeforeThereIsANetwork = noClasses()
            .that()
            .resideInAPackage("io.deformux.network.library..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.deformux.network.library..",
                    "io.deformux.failure..",
                    "java..",
                    "org.slf4j..",
                    "ai.djl..",
                    "com.sun.jna..",
                    "com.fasterxml.jackson..");
}
