package io.deformux.messaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka records as bytes to be damaged: a line for the key, one for each header, an empty one, the value. */
public final class FuzzedRecord {
    private FuzzedRecord() {}

    /** A record as bytes. */
    public static byte[] bytes(ProducerRecord<byte[], byte[]> record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(record.key());
        for (Header header : record.headers()) {
            out.write('\n');
            out.writeBytes((header.key() + "=").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(header.value());
        }
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(record.value());
        return out.toByteArray();
    }

    /** Bytes as a record: a line without {@code =} is a header without a value, a lacking key or value is none. */
    public static ConsumerRecord<byte[], byte[]> of(byte[] bytes, String topic) {
        RecordHeaders headers = new RecordHeaders();
        byte[] key = null;
        int at = 0;
        for (int line = 0; at < bytes.length; line++) {
            int end = index(bytes, at, '\n');
            byte[] content = Arrays.copyOfRange(bytes, at, end);
            at = end + 1;
            if (content.length == 0 && line > 0) {
                break;
            }
            if (line == 0) {
                key = content.length == 0 ? null : content;
            } else {
                int name = index(content, 0, '=');
                byte[] value = name == content.length ? null : Arrays.copyOfRange(content, name + 1, content.length);
                headers.add(new String(content, 0, name, StandardCharsets.UTF_8), value);
            }
        }
        byte[] value = at < bytes.length ? Arrays.copyOfRange(bytes, at, bytes.length) : null;
        return new ConsumerRecord<>(
                topic, 0, 17, -1, TimestampType.CREATE_TIME, -1, -1, key, value, headers, Optional.empty());
    }

    private static int index(byte[] bytes, int from, char wanted) {
        int at = from;
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
