package io.deformux.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may import; the rules that the other modules share are in one that needs a broker. */
@AnalyzeClasses(packages = "io.deformux", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule theBrokerKnowsKafkaAndNothingOfDeformux = classes()
            .that()
            .resideInAPackage("io.deformux..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.deformux.broker..", "java..", "kafka..", "org.apache.kafka..", "org.slf4j..");
}
