package io.deformux.messaging.member;

import io.deformux.messaging.record.RetryRecord;
import io.deformux.messaging.record.RetryRecord.Prior;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.TopicNames;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record from when it is polled until its outcome is published or it is someone else's: how often the job was started,
 * whether it has begun here, and whether it is still ours. For the loop's thread only.
 */
public final class TakenJob {
    private final ConsumerRecord<byte[], byte[]> original;
    private final TopicPartition partition;
    private final long offset;
    private final Prior prior;
    private int starts;
    private int ended;
    private boolean degraded;
    private boolean started;
    private Optional<NextJob> preparation = Optional.empty();
    private Optional<Instant> lacksSince;
    private boolean lost;
    private Optional<TraceContext> trace = Optional.empty();

    /**
     * A job that nobody has begun here.
     *
     * @param polled from the job topic, or from a retry topic after a wait
     * @param names of the topics
     */
    TakenJob(ConsumerRecord<byte[], byte[]> polled, TopicNames names) {
        Optional<RetryRecord> waited = RetryRecord.in(polled, names);
        original = waited.map(RetryRecord::original).orElse(polled);
        prior = waited.map(RetryRecord::prior).orElse(Prior.NONE);
        partition = new TopicPartition(polled.topic(), polled.partition());
        offset = polled.offset();
        lacksSince = prior.lacksSince();
    }

    /** The record as it came from the job topic, wherever it was taken now. */
    public ConsumerRecord<byte[], byte[]> original() {
        return original;
    }

    /** When it was sent, or put on the retry topic, in ms since 1970; negative if nobody knows. */
    public long timestamp() {
        return original.timestamp();
    }

    /** The same as a time; empty if nobody knows. */
    public Optional<Instant> sent() {
        return timestamp() < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timestamp()));
    }

    /** Where it was taken, and the group's offset is to step past it. */
    public TopicPartition partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** The starts that are counted at this offset, this worker's included. */
    int starts() {
        return starts;
    }

    void setStarts(int starts) {
        this.starts = starts;
    }

    /** How often the job was started, by anyone and before it waited too, this worker's counted start included. */
    public int attempt() {
        return prior.attempts() + ended + starts;
    }

    /** How many starts have no end that is known of, an open one of this worker included. */
    public int crashes() {
        return prior.crashes() + starts;
    }

    /**
     * What it has behind it if it waits now.
     *
     * @param endedStarts how many of the counted starts have an end: the one of this worker, unless it does not count
     */
    public Prior behind(int endedStarts) {
        return new Prior(attempt(), crashes() - endedStarts);
    }

    /** Since when the job waits for what its workers lack: since now, if it did not before. */
    public Instant lacks() {
        lacksSince = Optional.of(lacksSince.orElseGet(Instant::now));
        return lacksSince.get();
    }

    /** What it has behind it if it waits, not for the first time perhaps, for what its workers lack. */
    public Prior lacking() {
        return new Prior(attempt(), crashes(), prior.lackWaits() + 1, Optional.of(lacks()));
    }

    /** A start of the job is counted as number {@code starts}, and open until {@link #endStart}. */
    public void start(int starts) {
        this.starts = starts;
        started = true;
    }

    /** Whether a counted start is still open: the job or its first part runs here, and no outcome is known. */
    public boolean isStarted() {
        return started;
    }

    /** Its first part, which has begun with its start. */
    public void setPreparation(NextJob preparation) {
        this.preparation = Optional.of(preparation);
    }

    /** The first part of the open start, if that has begun apart. */
    public Optional<NextJob> preparation() {
        return preparation;
    }

    /** The open start is over. Nothing is left of its first part. */
    public void endStart() {
        started = false;
        preparation.ifPresent(NextJob::discard);
        preparation = Optional.empty();
    }

    /** Its next start is to do with as little memory as it can; the one before, not counted any more, was an attempt. */
    public void degrade() {
        degraded = true;
        ended++;
    }

    public boolean isDegraded() {
        return degraded;
    }

    /** The trace that it belongs to, and what is published of it. */
    public Optional<TraceContext> trace() {
        return trace;
    }

    /** What is published of it belongs to that trace from now on. */
    public void setTrace(Optional<TraceContext> trace) {
        this.trace = trace;
    }

    /** Whether the partition went to another worker; stays so even if it comes back. */
    public boolean isLost() {
        return lost;
    }

    public void lose() {
        lost = true;
    }

    /** Names the record, not its content. */
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
