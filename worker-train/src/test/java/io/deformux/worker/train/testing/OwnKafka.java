package io.deformux.worker.train.testing;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An embedded broker for one test class. Every group of training workers takes all requests on its broker, so the
 * trainings of one class would be work for the workers of another.
 */
public final class OwnKafka implements BeforeAllCallback, AfterAllCallback {
    private EmbeddedBroker broker;

    /** How to reach the broker. */
    public KafkaConnection connection() {
        return KafkaConnection.of(broker.bootstrapServers());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = EmbeddedBroker.start();
        TopicSetup.create(connection(), TopicSetup.topics());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        broker.close();
    }
}
