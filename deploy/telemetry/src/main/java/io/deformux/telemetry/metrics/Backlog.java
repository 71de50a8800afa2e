package io.deformux.telemetry.metrics;

import java.time.Duration;
import java.util.Optional;

/**
 * What waits on a topic for a group.
 *
 * @param group the consumer group
 * @param topic the topic
 * @param records how many offsets the group is behind
 * @param oldest age of the oldest record that waits; zero if none does
 * @param retention how long the topic keeps its records; negative: for ever; empty if nobody may know
 */
public record Backlog(String group, String topic, long records, Duration oldest, Optional<Duration> retention) {}
