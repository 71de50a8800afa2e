package io.deformux.worker.infer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the inference worker may import. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule theWorkerKnowsKafkaOnlyThroughMessaging = noClasses()
            .that()
            .resideInAPackage("io.deformux.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.deformux.broker..");

    @ArchTest
    static final ArchRule theWorkerKnowsNoCommandLine = noClasses()
            .that()
            .resideInAPackage("io.deformux.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deformux.standalone..", "picocli..");

    @ArchTest
    static final ArchRule outputsKnowNothingOfTheJobAroundThem = noClasses()
            .that()
            .resideInAPackage("io.deformux.worker.infer.outputs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deformux.worker.infer", "io.deformux.messaging..");

    @ArchTest
    static final ArchRule aPreviewKnowsVolumesOnly = classes()
            .that()
            .resideInAPackage("io.deformux.worker.infer.preview..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.deformux.worker.infer.preview..",
                    "io.deformux.volume..",
                    "io.deformux.transform..",
                    "java..",
                    "javax.imageio..");

    @ArchTest
    static final ArchRule nothingCommonKnowsAWorker = noClasses()
            .that()
            .resideOutsideOfPackages("io.deformux.worker..", "io.deformux.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.deformux.worker..");
}
