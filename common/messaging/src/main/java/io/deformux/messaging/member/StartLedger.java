package io.deformux.messaging.member;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often jobs were started, as the group knows it: read, and written by whoever starts one. For the loop's thread only. */
public final class StartLedger {
    private static final Logger LOG = LoggerFactory.getLogger(StartLedger.class);

    private final Consumer<?, ?> consumer;
    private final Lease lease;
    private final UncountedStarts uncounted;

    StartLedger(Consumer<?, ?> consumer, Lease lease, UncountedStarts uncounted) {
        this.consumer = consumer;
        this.lease = lease;
        this.uncounted = uncounted;
    }

    /** Reads how often a job was started. */
    public void read(TakenJob job) {
        OffsetAndMetadata committed =
                consumer.committed(Set.of(job.partition())).get(job.partition());
        job.setStarts(uncounted.of(job, StartCount.read(committed, job.offset())));
    }

    /** Commits that a job is started once more; refused by Kafka if it is no longer ours. */
    public void count(TakenJob job) {
        int starts = job.starts() + 1;
        long sent = System.nanoTime();
        commit(job, starts);
        lease.renew(sent); // a commit keeps the session of its member
        job.start(starts);
    }

    /** A job is given back: its start does not count as an attempt. */
    public void uncount(TakenJob job) {
        int starts = job.starts() - 1;
        commit(job, starts);
        job.setStarts(starts);
    }

    /**
     * As {@link #uncount}, but remembers it for later if it cannot be. Only while no outcome is known, since a transaction
     * may have moved the group past the job.
     */
    public void tryUncount(TakenJob job) {
        try {
            uncount(job);
        } catch (KafkaException e) {
            uncounted.add(job);
            LOG.warn("{} counts one start more than it should until this worker takes it again: {}", job, e.toString());
        }
    }

    /** The start of a job is not to count once this worker takes it again. */
    public void forget(TakenJob job) {
        if (job.isStarted() || job.starts() > 0) {
            uncounted.add(job);
        }
    }

    private void commit(TakenJob job, int starts) {
        consumer.commitSync(Map.of(job.partition(), StartCount.of(job.offset(), starts)));
    }
}
