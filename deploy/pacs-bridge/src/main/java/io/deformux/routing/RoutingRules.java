package io.deformux.routing;

import io.deformux.schemas.ScanArrived;
import io.deformux.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules in their order; the first that takes a series decides. Segmentations, reports and the like are never taken, so
 * that what comes back to the PACS starts nothing anew.
 *
 * @param rules the rules
 */
public record RoutingRules(List<Rule> rules) {
    private static final Set<String> IMAGES = Set.of("CT", "MR");
    private static final int ID_DIGITS = 32;

    /** The list is copied. */
    public RoutingRules {
        rules = List.copyOf(rules);
    }

    /** What is wanted of a series; nothing if no rule takes it. */
    public List<WantedJob> of(RoutedSeries series) {
        if (!IMAGES.contains(series.attributes().first("Modality").toUpperCase(Locale.ROOT))) {
            return List.of();
        }
        return rules.stream()
                .filter(rule -> rule.when().holds(series.attributes()))
                .findFirst()
                .map(Rule::jobs)
                .orElse(List.of());
    }

    /**
     * The id of a job, which derives from the series, its instances and the model: a series that grew is another job, and one
     * that is announced again the same job again.
     *
     * @param prefix says who asks for it
     */
    public static String jobId(String prefix, RoutedSeries series, WantedJob job) {
        String state = series.seriesUid() + "\n" + String.join("\n", series.instances()) + "\n"
                + job.model().name()
                + job.model().version().map(version -> "\n" + version).orElse("");
        return prefix + Digest.of(state.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
    }

    /** How a job that is wanted of a series becomes an event. */
    @FunctionalInterface
    public interface Asking {
        /** The event. */
        ScanArrived event(String jobId, WantedJob job);
    }

    /** The events that a series gives. */
    public List<ScanArrived> events(RoutedSeries series, String prefix, Asking asking) {
        return of(series).stream()
                .map(job -> asking.event(jobId(prefix, series, job), job))
                .toList();
    }
}
