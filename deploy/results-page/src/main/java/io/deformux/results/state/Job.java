package io.deformux.results.state;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A scan's job, as far as events tell.
 *
 * @param id the job
 * @param state what is known last
 * @param changed when that was said
 * @param model the model's name and version, as {@code amos 3}; empty before the result
 * @param stage how far it is, while it runs
 * @param fault why it failed, if it did
 * @param warnings how many its result has
 * @param result the data of its completed event, as JSON; empty before it
 */
public record Job(
        String id,
        State state,
        Instant changed,
        String model,
        Optional<StageProgress> stage,
        Optional<Fault> fault,
        int warnings,
        Optional<Json> result) {

    /** What may be known of a job. */
    public enum State {
        /** Progress was told, and no outcome since. */
        RUNNING,
        /** Its outputs are stored. */
        COMPLETED,
        /** It could not be done. */
        FAILED;

        /** As the JSON API says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * JSON text as it came, in UTF-8: a tenth of what its records would take in memory.
     *
     * @param utf8 not to be changed
     */
    public record Json(byte[] utf8) {}
}
