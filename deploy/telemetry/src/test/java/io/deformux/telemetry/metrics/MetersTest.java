package io.deformux.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobEnd.Outcome;
import io.deformux.messaging.job.JobStart;
import io.deformux.schemas.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted is told by the catalogue's names, and nothing else is. */
class MetersTest {
    private static final String TOPIC = "deformux.scan.arrived";

    private final Meters meters = new Meters();
    private final JobMeters jobs = new JobMeters(meters, TopicNames.CONTRACT, List.of(TOPIC));

    @Test
    void everyMetricIsScrapedUnderItsOwnNameWithItsHelp() {
        for (Metric metric : Metric.values()) {
            String[] values = metric.labels().toArray(String[]::new);
            switch (metric.kind()) {
                case COUNTER -> meters.count(metric, 1, values);
                case GAUGE -> meters.gauge(metric, () -> 1, values);
                case HISTOGRAM, SUMMARY -> meters.time(metric, Duration.ofSeconds(1), values);
            }
        }
        String text = meters.scrape();

        assertThat(Metric.values()).allSatisfy(metric -> assertThat(text)
                .contains("# HELP " + metric.prometheusName() + " " + metric.help() + "\n"));
    }

    @Test
    void whatALibraryCountsBesideTheCatalogueIsDropped() {
        meters.registry().counter("of.a.library").increment();

        assertThat(meters.scrape()).doesNotContain("library");
    }

    @Test
    void aTopicThatAJobOnlyClaimsToBeOfIsNoLabel() {
        JobStart start = start("somebody/elses", 1);
        jobs.begins(start);
        jobs.ends(start, JobEnd.of(Outcome.FAILED, FailureCode.INPUT_NOT_FOUND));

        assertThat(meters.scrape())
                .contains("deformux_jobs_total{code=\"INPUT_NOT_FOUND\",outcome=\"failed\",topic=\"other\"} 1.0")
                .contains("deformux_dead_letters_total{code=\"INPUT_NOT_FOUND\",topic=\"other\"} 1.0")
                .doesNotContain("somebody");
    }

    @Test
    void topicsOfAnInstallationsOwnAreToldByTheirOwnNames() {
        JobMeters ward = new JobMeters(meters, new TopicNames("ward-7."), List.of(TOPIC));
        JobStart start = start("ward-7.scan.arrived", 1);
        ward.begins(start);
        assertThat(meters.scrape()).contains("deformux_jobs_in_flight{topic=\"ward-7.scan.arrived\"} 1.0");

        ward.ends(start, JobEnd.of(Outcome.COMPLETED));
        ward.refused("ward-7.retry", FailureCode.ATTEMPTS_EXHAUSTED);

        assertThat(meters.scrape())
                .contains("deformux_jobs_in_flight{topic=\"ward-7.scan.arrived\"} 0.0")
                .contains("deformux_queue_wait_seconds_count{topic=\"ward-7.scan.arrived\"} 1")
                .contains("deformux_jobs_total{code=\"none\",outcome=\"completed\",topic=\"ward-7.scan.arrived\"} 1.0")
                .contains("deformux_dead_letters_total{code=\"ATTEMPTS_EXHAUSTED\",topic=\"ward-7.retry\"} 1.0")
                .doesNotContain("other");
    }

    @Test
    void aJobIsInFlightFromItsBeginToItsEndAndWaitedUntilItsFirstStart() {
        JobStart first = start(TOPIC, 1);
        jobs.begins(first);
        assertThat(meters.scrape()).contains("deformux_jobs_in_flight{topic=\"" + TOPIC + "\"} 1.0");

        jobs.ends(first, JobEnd.of(Outcome.RETRIED, FailureCode.STORAGE_UNAVAILABLE));
        jobs.begins(start(TOPIC, 2));
        jobs.ends(start(TOPIC, 2), JobEnd.of(Outcome.COMPLETED));

        assertThat(meters.scrape())
                .contains("deformux_jobs_in_flight{topic=\"" + TOPIC + "\"} 0.0")
                .contains("deformux_queue_wait_seconds_count{topic=\"" + TOPIC + "\"} 1")
                .contains("deformux_queue_wait_seconds_sum{topic=\"" + TOPIC + "\"} 7.0")
                .contains("deformux_job_retries_total{code=\"STORAGE_UNAVAILABLE\",topic=\"" + TOPIC + "\"} 1.0")
                .contains("deformux_jobs_total{code=\"none\",outcome=\"completed\",topic=\"" + TOPIC + "\"} 1.0");
    }

    @Test
    void aValueForEachLabelIsAskedFor() {
        assertThatThrownBy(() -> meters.count(Metric.RETRIES, 1, TOPIC)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JobStart start(String topic, int attempt) {
        Instant now = Instant.now();
        return new JobStart(topic, "job", attempt, Optional.of(now.minusSeconds(7)), now, Optional.empty());
    }
}
