package io.deformux.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.deformux.testing.PackageRules;
import io.deformux.testing.ThisModule;

/** What the packages of the command line may import. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ThisModule.class)
class LayeringTest {
    @ArchTest
    static final ArchRule eachPackageImportsWhatItSays = PackageRules.EACH_PACKAGE_IMPORTS_WHAT_IT_SAYS;

    @ArchTest
    static final ArchRule noCircles = PackageRules.NO_CIRCLES;

    @ArchTest
    static final ArchRule theRoomsKnowNoCommandLine = noClasses()
            .that()
            .resideInAnyPackage("..standalone.bench..", "..standalone.check..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deformux.standalone", "..standalone.command..", "..standalone.option..");

    @ArchTest
    static final ArchRule onlyCommandsOptionsAndSettingsKnowPicocli = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.deformux.standalone",
                    "..standalone.command..",
                    "..standalone.option..",
                    "..standalone.settings..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyTheLookAtAClusterKnowsKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..standalone.check.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..");

    @ArchTest
    static final ArchRule checksKnowNoCluster = noClasses()
            .that()
            .resideInAPackage("io.deformux.standalone.check")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..check.cluster..", "io.deformux.messaging..", "io.deformux.pacs..");

    @ArchTest
    static final ArchRule theLookAtAClusterComputesNothing = noClasses()
            .that()
            .resideInAPackage("..standalone.check.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "io.deformux.network..", "io.deformux.inference..", "io.deformux.broker..");
}
