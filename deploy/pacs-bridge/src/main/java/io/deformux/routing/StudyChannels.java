package io.deformux.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which series of a study are the other images of a job.
 *
 * @param first the series that the job's rule takes
 * @param others of its study, as far as they are whole, and only CT and MR
 */
record StudyChannels(RoutedSeries first, List<RoutedSeries> others) {
    private static final Logger LOG = LoggerFactory.getLogger(StudyChannels.class);

    /** The series of each channel, by its name; empty while one is not there, or where several could be it. */
    Optional<Map<String, RoutedSeries>> of(List<WantedChannel> channels) {
        Map<String, RoutedSeries> found = new LinkedHashMap<>();
        for (WantedChannel channel : channels) {
            List<RoutedSeries> fitting = others.stream()
                    .filter(series -> channel.when().holds(series.attributes()))
                    .toList();
            if (fitting.size() != 1) {
                LOG.info("A job of {} needs one series as {} and finds {}", first, channel.name(), fitting.size());
                return Optional.empty();
            }
            found.put(channel.name(), fitting.get(0));
        }
        return Optional.of(found);
    }
}
