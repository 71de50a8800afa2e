package io.deformux.routing;

import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.storage.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        if (!isImage(series)) {
            return List.of();
        }
        return rules.stream()
                .filter(rule -> rule.when().holds(series.attributes()))
                .findFirst()
                .map(Rule::jobs)
                .orElse(List.of());
    }

    private static boolean isImage(RoutedSeries series) {
        return IMAGES.contains(series.attributes().first("Modality").toUpperCase(Locale.ROOT));
    }

    /** Whether a rule wants other series of the study too. */
    public boolean wantChannels() {
        return rules.stream().flatMap(rule -> rule.jobs().stream()).anyMatch(job -> !job.channels()
                .isEmpty());
    }

    /**
     * The id of a job, which derives from the series, its instances and the model: a series that grew is another job, and one
     * that is announced again the same job again.
     *
     * @param prefix says who asks for it
     */
    public static String jobId(String prefix, RoutedSeries series, WantedJob job) {
        return jobId(prefix, series, job, Map.of());
    }

    private static String jobId(String prefix, RoutedSeries series, WantedJob job, Map<String, RoutedSeries> channels) {
        StringBuilder state = new StringBuilder(state(series))
                .append('\n')
                .append(job.model().name())
                .append(job.model().version().map(version -> "\n" + version).orElse(""));
        channels.forEach(
                (name, other) -> state.append("\n").append(name).append('\n').append(state(other)));
        return prefix
                + Digest.of(state.toString().getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
    }

    private static String state(RoutedSeries series) {
        return series.seriesUid() + "\n" + String.join("\n", series.instances());
    }

    /** Where series lie, as the workers reach them. */
    @FunctionalInterface
    public interface Places {
        /** Where one lies. */
        URI of(RoutedSeries series);
    }

    /**
     * The events that a series gives which is whole now: of the jobs that are wanted of it, and of jobs of other series to
     * which it is a channel, as soon as all that they need is there.
     *
     * @param others the other series of its study that are whole; may be none where {@link #wantChannels} says no
     */
    public List<ScanArrived> events(RoutedSeries series, List<RoutedSeries> others, String prefix, Places places) {
        List<RoutedSeries> study = Stream.concat(Stream.of(series), others.stream())
                .filter(RoutingRules::isImage)
                .toList();
        List<ScanArrived> events = new ArrayList<>();
        for (RoutedSeries first : study) {
            StudyChannels channels = new StudyChannels(
                    first, study.stream().filter(one -> one != first).toList());
            for (WantedJob job : of(first)) {
                if (job.channels().isEmpty() && first == series) {
                    events.add(job.event(jobId(prefix, first, job), places.of(first)));
                } else if (!job.channels().isEmpty()) {
                    channels.of(job.channels())
                            .filter(found -> first == series || found.containsValue(series))
                            .map(found -> event(first, job, found, prefix, places))
                            .ifPresent(events::add);
                }
            }
        }
        return events;
    }

    private static ScanArrived event(
            RoutedSeries first, WantedJob job, Map<String, RoutedSeries> found, String prefix, Places places) {
        List<ChannelReference> references = found.entrySet().stream()
                .map(channel -> new ChannelReference(
                        channel.getKey(),
                        new InputReference(places.of(channel.getValue()), InputReference.Kind.DICOM, Optional.empty())))
                .toList();
        return job.with(references).event(jobId(prefix, first, job, found), places.of(first));
    }
}
