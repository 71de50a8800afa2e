package io.deformux.worker.train.plan;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an event is about, and under which key it goes through the internal topic, so that all events about one thing meet. A
 * training and a comparison may have the same id.
 */
enum Addressee {
    /** A training; under its id. */
    TRAINING(""),
    /** A comparison; under its id after a prefix that no id has. */
    COMPARISON("comparison/");

    private final String prefix;

    Addressee(String prefix) {
        this.prefix = prefix;
    }

    /** The keys of all that an event is about; the end of a part of a comparison is about both. */
    static List<byte[]> keysOf(Event event) {
        List<byte[]> keys = new ArrayList<>();
        Optional<String> comparison = comparison(event);
        if (!isOfComparisonAlone(event)) {
            keys.add(TRAINING.key(event.key()));
        }
        comparison.ifPresent(id -> keys.add(COMPARISON.key(id)));
        return keys;
    }

    private static boolean isOfComparisonAlone(Event event) {
        return event instanceof ComparisonRequested
                || event instanceof ComparisonCompleted
                || event instanceof ComparisonFailed
                || event instanceof JobCancel; // workers end trainings themselves
    }

    private static Optional<String> comparison(Event event) {
        if (event instanceof TrainingCompleted completed) {
            return completed.comparisonId();
        }
        if (event instanceof TrainingFailed failed) {
            return failed.comparisonId();
        }
        return isOfComparisonAlone(event) ? Optional.of(event.key()) : Optional.empty();
    }

    /** Whether a key is that of one of these. */
    boolean isOf(byte[] key) {
        boolean comparison = text(key).startsWith(COMPARISON.prefix);
        return comparison == (this == COMPARISON);
    }

    /** The id in a key of one of these. */
    String id(byte[] key) {
        return text(key).substring(prefix.length());
    }

    private byte[] key(String id) {
        return (prefix + id).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** As the log names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
