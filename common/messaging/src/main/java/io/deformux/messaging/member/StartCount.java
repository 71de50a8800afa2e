package io.deformux.messaging.member;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How often a job was started, kept where it outlives the worker: in the metadata of the group's committed offset.
 *
 * <p>Before a start, the worker commits the job's own offset (so the job stays undone) with the metadata
 * {@code starts=N}. Whoever takes the job over reads N there. Kafka refuses the commit of a worker that no longer owns
 * the partition, which so cannot start the job.
 */
public final class StartCount {
    private static final Pattern METADATA = Pattern.compile("starts=(\\d{1,9})");

    private StartCount() {}

    /** What to commit for a job at {@code offset} that has been started {@code starts} times and is not done. */
    public static OffsetAndMetadata of(long offset, int starts) {
        return new OffsetAndMetadata(offset, "starts=" + starts);
    }

    /** The starts of the job at {@code offset}, where {@code committed} is the group's, or {@code null}. */
    public static int read(OffsetAndMetadata committed, long offset) {
        if (committed == null || committed.offset() != offset) {
            return 0;
        }
        Matcher matcher = METADATA.matcher(committed.metadata());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
