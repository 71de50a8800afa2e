package io.deformux.telemetry;

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
    static final ArchRule onlyMetricsKnowMicrometer = only("..telemetry.metrics..", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyTracesKnowOpenTelemetry = only("..telemetry.trace..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule onlyTheLogKnowsLogback = only("..telemetry.log..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyThePortKnowsHttp = only("..telemetry.management..", "com.sun.net.httpserver..");

    private static ArchRule only(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
