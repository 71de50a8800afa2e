package io.deformux.telemetry.health;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether Kafka answers; with a client of its own, which the first question makes. For one thread at a time. */
public final class BrokerCheck implements HealthCheck, AutoCloseable {
    private static final int LIMIT_MS = 2_500;

    private final KafkaConnection connection;
    private Admin admin;

    /** A check of that cluster. */
    public BrokerCheck(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public Optional<String> problem() throws InterruptedException {
        try {
            client().describeCluster().nodes().get(LIMIT_MS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(FailureCode.KAFKA_UNAVAILABLE.name());
        }
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = Admin.create(
                    connection.client(Map.of("default.api.timeout.ms", LIMIT_MS, "request.timeout.ms", LIMIT_MS)));
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
