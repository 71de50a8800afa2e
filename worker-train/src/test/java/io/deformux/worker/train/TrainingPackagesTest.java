package io.deformux.worker.train;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Which package of the training may import which, as each package's own page says. */
@AnalyzeClasses(packages = "io.deformux.worker.train", importOptions = ImportOption.DoNotIncludeTests.class)
class TrainingPackagesTest {
    private static final String TRAIN = "worker.train.";

    @ArchTest
    static final ArchRule randomStandsAlone = mayImport("random");

    @ArchTest
    static final ArchRule datasetsAreFiles = mayImport("dataset", "failure", "storage");

    @ArchTest
    static final ArchRule foldsDivideDatasets = mayImport("fold", "failure", TRAIN + "dataset", TRAIN + "random");

    @ArchTest
    static final ArchRule preparationReadsDatasets =
            mayImport("preparation", "failure", "volume", "nifti", "transform", "storage", TRAIN + "dataset");

    @ArchTest
    static final ArchRule samplingReadsPreparedCases =
            mayImport("sampling", "failure", "volume", TRAIN + "preparation", TRAIN + "random");

    @ArchTest
    static final ArchRule optimizationKnowsTheNetwork = mayImport("optimization", "network");

    @ArchTest
    static final ArchRule aJobKnowsWhatIsBelowIt = mayImport(
            "job",
            "failure",
            "volume",
            "network",
            "inference",
            "evaluation",
            "storage",
            TRAIN + "dataset",
            TRAIN + "fold",
            TRAIN + "preparation",
            TRAIN + "sampling",
            TRAIN + "optimization",
            TRAIN + "random");

    @ArchTest
    static final ArchRule curvesHearAJob = mayImport("curves", "failure", TRAIN + "job");

    @ArchTest
    static final ArchRule publicationKnowsPackages =
            mayImport("publish", "failure", "schemas", "storage", "model", "network", "transform");

    @ArchTest
    static final ArchRule thePlanKnowsEvents = mayImport("plan", "failure", "schemas", "storage", "messaging");

    private static ArchRule mayImport(String name, String... allowed) {
        String[] packages = Stream.concat(Stream.of(TRAIN + name), Arrays.stream(allowed))
                .map(each -> "io.deformux." + each + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.deformux." + TRAIN + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.deformux..").and(not(resideInAnyPackage(packages))))
                .as("what " + name + " may import of deformux");
    }
}
