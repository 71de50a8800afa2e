package io.deformux.worker.train.plan;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.PromptProducer;
import io.deformux.messaging.damage.DamagedRecords;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of Kafka Streams, of which the consumer of events goes on behind records that the brokers' disks have damaged:
 * they become one dead letter. (Kafka Streams itself would begin anew at them for ever.)
 */
final class PlanClients implements KafkaClientSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(PlanClients.class);

    private final KafkaConnection connection;
    private final Letters letters;

    PlanClients(KafkaConnection connection, Letters letters) {
        this.connection = connection;
        this.letters = letters;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PassingConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    private final class PassingConsumer extends KafkaConsumer<byte[], byte[]> {
        PassingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return DamagedRecords.passing(connection, this, () -> super.poll(timeout), PlanClients.this::setAside);
        }
    }

    /** Before they are passed over: whoever dies between the two writes a second letter, and loses none. */
    private void setAside(DamagedRecords damaged) {
        LOG.error("{}", damaged);
        try (KafkaProducer<byte[], byte[]> producer =
                PromptProducer.open(connection, Map.of("enable.idempotence", true))) {
            producer.send(letters.of(damaged)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
