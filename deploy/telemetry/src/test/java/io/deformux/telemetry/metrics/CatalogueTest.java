package io.deformux.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue and what is written about it. */
class CatalogueTest {
    @Test
    void theOperatorsPageHasTheTableAsItIs() throws IOException {
        List<String> page = Files.readAllLines(Fixtures.checkoutRoot().resolve("deploy/README.md"));

        assertThat(page).contains(Catalogue.HEAD);
        assertThat(page.stream().skip(page.indexOf(Catalogue.HEAD)).takeWhile(line -> line.startsWith("|")))
                .containsExactlyElementsOf(Catalogue.table());
    }

    @Test
    void eachMetricHasAHelpThatEndsAndANameOfItsKind() {
        assertThat(Arrays.asList(Metric.values()))
                .extracting(Metric::prometheusName)
                .doesNotHaveDuplicates();
        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(metric.help()).endsWith(".");
            assertThat(metric.prometheusName().endsWith("_total")).isEqualTo(metric.kind() == MetricKind.COUNTER);
            assertThat(metric.labels()).doesNotHaveDuplicates().doesNotContain("le");
        });
    }
}
