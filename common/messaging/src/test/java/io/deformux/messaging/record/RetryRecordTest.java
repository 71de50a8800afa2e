package io.deformux.messaging.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.RetryHeaders;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRecordTest {
    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>(Topics.RETRY, 0, 0, "job".getBytes(StandardCharsets.UTF_8), new byte[0]);

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "soon", ""})
    void aTimeThatNobodyCanHaveMeantIsAsNone(String time) {
        header(RetryHeaders.LACKS_SINCE, time);
        header(RetryHeaders.DUE, time);

        RetryRecord retry = RetryRecord.in(record, TopicNames.CONTRACT).orElseThrow();

        assertThat(retry.prior().lacksSince()).isEmpty();
        assertThat(retry.due()).isEqualTo(Instant.EPOCH);
        assertThat(retry.left(Instant.now())).isEqualTo(Duration.ZERO);
    }

    @Test
    void aTimeThatIsOneIsKept() {
        header(RetryHeaders.LACKS_SINCE, "2026-03-01T12:00:00Z");

        assertThat(RetryRecord.in(record, TopicNames.CONTRACT)
                        .orElseThrow()
                        .prior()
                        .lacksSince())
                .contains(Instant.parse("2026-03-01T12:00:00Z"));
    }

    private void header(String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
