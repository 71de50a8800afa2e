package io.deformux.messaging.cluster;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers that send at once, wait for all replicas and give up after 15 s, since somebody waits for the outcome. */
public final class PromptProducer {
    private static final int TIMEOUT_MS = 15_000;

    private PromptProducer() {}

    /** A producer with these settings besides. */
    public static KafkaProducer<byte[], byte[]> open(KafkaConnection connection, Map<String, Object> besides) {
        Map<String, Object> ours = new HashMap<>(besides);
        ours.put("acks", "all");
        ours.put("linger.ms", 0);
        ours.put("max.block.ms", TIMEOUT_MS);
        ours.put("request.timeout.ms", 5_000);
        ours.put("delivery.timeout.ms", TIMEOUT_MS);
        return new KafkaProducer<>(connection.client(ours), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
