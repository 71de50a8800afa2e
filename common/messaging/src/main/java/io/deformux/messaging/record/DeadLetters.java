package io.deformux.messaging.record;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Copies of records that no worker will try again, with the reason in {@link DeadLetterHeaders}. A copy can be larger than
 * its record was on the wire, where it came compressed; so it is cut until it fits.
 */
public final class DeadLetters {
    /** Kafka's default limits on a record are 1 MiB, for producers and for topics. */
    static final int MAX_BYTES = 1_000_000;

    /** What Kafka adds to key, value and headers, at most: lengths, a batch's header. */
    private static final int OVERHEAD = 100;

    private static final int OVERHEAD_OF_HEADER = 10;

    private DeadLetters() {}

    /** Key, value and headers as they came, and what is wrong; within Kafka's default limits. No job was started. */
    public static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> original, JobException reason) {
        return copy(original, reason, 0);
    }

    /** The same of a job that was started {@code attempts} times. */
    public static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> original, JobException reason, int attempts) {
        return copy(original, reason, attempts, MAX_BYTES);
    }

    /** The same within {@code maxBytes}, if that is possible at all. */
    public static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> original, JobException reason, int attempts, int maxBytes) {
        Reason told = Reason.of(reason);
        Headers headers = new RecordHeaders();
        for (Header header : original.headers()) {
            if (!DeadLetterHeaders.isOne(header.key())) { // else of an earlier death, after which it was sent again
                headers.add(header);
            }
        }
        put(headers, DeadLetterHeaders.CODE, told.code());
        put(headers, DeadLetterHeaders.MESSAGE, told.message());
        put(headers, DeadLetterHeaders.TOPIC, original.topic());
        put(headers, DeadLetterHeaders.PARTITION, Integer.toString(original.partition()));
        put(headers, DeadLetterHeaders.OFFSET, Long.toString(original.offset()));
        put(headers, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts));
        put(headers, DeadLetterHeaders.TIME, Instant.now().toString());
        ProducerRecord<byte[], byte[]> letter = letter(original.key(), original.value(), headers);
        while (bytes(letter) > maxBytes) {
            Optional<ProducerRecord<byte[], byte[]>> smaller = smaller(letter);
            if (smaller.isEmpty()) {
                return letter;
            }
            letter = smaller.get();
        }
        return letter;
    }

    /**
     * The next smaller form of a dead letter that is too large: without its value, then without the record's own headers,
     * then without its key. Empty if nothing is left to cut, or if it is none.
     */
    public static Optional<ProducerRecord<byte[], byte[]>> smaller(ProducerRecord<byte[], byte[]> letter) {
        if (!letter.topic().equals(Topics.DEAD_LETTER)) {
            return Optional.empty();
        }
        if (letter.value() != null) {
            return Optional.of(letter(letter.key(), null, cut(letter.headers(), "value")));
        }
        Header[] ours = Arrays.stream(letter.headers().toArray())
                .filter(header -> DeadLetterHeaders.isOne(header.key()))
                .toArray(Header[]::new);
        if (ours.length < letter.headers().toArray().length) {
            return Optional.of(letter(letter.key(), null, cut(new RecordHeaders(ours), "value,headers")));
        }
        return letter.key() == null
                ? Optional.empty()
                : Optional.of(letter(null, null, cut(letter.headers(), "value,headers,key")));
    }

    /** The forms that a dead letter among these has next; empty if there is none, or none that can be smaller. */
    public static Optional<List<ProducerRecord<byte[], byte[]>>> smaller(List<ProducerRecord<byte[], byte[]>> outcome) {
        List<ProducerRecord<byte[], byte[]>> cut =
                outcome.stream().map(each -> smaller(each).orElse(each)).toList();
        return cut.equals(outcome) ? Optional.empty() : Optional.of(cut);
    }

    private static ProducerRecord<byte[], byte[]> letter(byte[] key, byte[] value, Headers headers) {
        return new ProducerRecord<>(Topics.DEAD_LETTER, null, key, value, headers);
    }

    private static Headers cut(Headers headers, String what) {
        Headers cut = new RecordHeaders(headers);
        put(cut, DeadLetterHeaders.CUT, what);
        return cut;
    }

    private static int bytes(ProducerRecord<byte[], byte[]> letter) {
        int sum = OVERHEAD + length(letter.key()) + length(letter.value());
        for (Header header : letter.headers()) {
            sum += OVERHEAD_OF_HEADER + header.key().getBytes(StandardCharsets.UTF_8).length + length(header.value());
        }
        return sum;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
