package io.deformux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Which package of {@code common} may import which. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final List<String> PACKAGES = List.of(
            "failure",
            "volume",
            "nifti",
            "dicom",
            "storage",
            "transform",
            "network",
            "inference",
            "evaluation",
            "model",
            "messaging",
            "broker",
            "schemas");

    @ArchTest
    static final ArchRule failureStandsAlone = mayImport("failure");

    @ArchTest
    static final ArchRule volumeStandsAlone = mayImport("volume", "failure");

    @ArchTest
    static final ArchRule niftiKnowsVolumes = mayImport("nifti", "failure", "volume");

    @ArchTest
    static final ArchRule dicomKnowsVolumes = mayImport("dicom", "failure", "volume");

    @ArchTest
    static final ArchRule storageStandsAlone = mayImport("storage", "failure");

    @ArchTest
    static final ArchRule transformKnowsVolumes = mayImport("transform", "failure", "volume");

    @ArchTest
    static final ArchRule networkStandsAlone = mayImport("network", "failure");

    @ArchTest
    static final ArchRule kernelsKnowNothingButJava = noClasses()
            .that()
            .resideInAPackage("io.deformux.network.kernel..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.deformux.network.kernel..", "java..", "jdk.incubator.vector..");

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

    @ArchTest
    static final ArchRule inferenceKnowsNetworks = mayImport("inference", "failure", "volume", "network");

    @ArchTest
    static final ArchRule evaluationKnowsVolumes = mayImport("evaluation", "failure", "volume");

    @ArchTest
    static final ArchRule modelKnowsWhatItPacks = mayImport("model", "failure", "storage", "network", "transform");

    @ArchTest
    static final ArchRule messagingKnowsTheContract = mayImport("messaging", "failure", "schemas");

    @ArchTest
    static final ArchRule brokerStandsAlone = mayImport("broker", "failure");

    @ArchTest
    static final ArchRule onlyMessagingAndBrokerKnowKafka = noClasses()
            .that()
            .resideOutsideOfPackages("io.deformux.messaging..", "io.deformux.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..");

    private static ArchRule mayImport(String name, String... allowed) {
        List<String> forbidden = new ArrayList<>();
        for (String other : PACKAGES) {
            if (!other.equals(name) && !List.of(allowed).contains(other)) {
                forbidden.add("io.deformux." + other + "..");
            }
        }
        forbidden.add("io.deformux.worker..");
        forbidden.add("io.deformux.standalone..");
        return noClasses()
                .that()
                .resideInAPackage("io.deformux." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(true);
    }
}
