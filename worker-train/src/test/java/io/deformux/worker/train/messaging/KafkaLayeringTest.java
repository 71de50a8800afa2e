package io.deformux.worker.train.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The training knows nothing of Kafka, and the plan nothing of the training. */
@AnalyzeClasses(packages = "io.deformux.worker.train", importOptions = ImportOption.DoNotIncludeTests.class)
class KafkaLayeringTest {
    @ArchTest
    static final ArchRule onlyThePlanKnowsKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..train.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule theWorkerIsAroundTheTraining = noClasses()
            .that()
            .resideOutsideOfPackage("..train.messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..train.messaging..");

    @ArchTest
    static final ArchRule thePlanKnowsEventsOnly = noClasses()
            .that()
            .resideInAPackage("..train.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.deformux.model..",
                    "io.deformux.network..",
                    "io.deformux.volume..",
                    "io.deformux.transform..",
                    "io.deformux.worker.train.publish..");

    @ArchTest
    static final ArchRule publicationKnowsNoLoop = noClasses()
            .that()
            .resideInAPackage("..train.publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.deformux.messaging..", "io.deformux.worker.train.plan..");
}
