package io.deformux.messaging.record;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final JobException REASON = new JobException(FailureCode.EVENT_INVALID, "Not an event.");

    @Test
    void aCopyThatFitsIsWhole() {
        ProducerRecord<byte[], byte[]> letter = copy(100, 100, 100, 10_000);

        assertThatArray(letter.key()).hasSize(100);
        assertThatArray(letter.value()).hasSize(100);
        assertThat(letter.headers().lastHeader("own")).isNotNull();
        assertThat(header(letter, DeadLetterHeaders.CUT)).isNull();
    }

    @Test
    void theValueIsCutFirstThenTheHeadersThenTheKey() {
        ProducerRecord<byte[], byte[]> withoutValue = copy(5_000, 5_000, 5_000, 12_000);
        ProducerRecord<byte[], byte[]> withoutHeaders = copy(5_000, 5_000, 5_000, 8_000);
        ProducerRecord<byte[], byte[]> withoutKey = copy(5_000, 5_000, 5_000, 4_000);

        assertThat(header(withoutValue, DeadLetterHeaders.CUT)).isEqualTo("value");
        assertThat(withoutValue).returns(null, ProducerRecord::value);
        assertThat(withoutValue.headers().lastHeader("own")).isNotNull();
        assertThat(header(withoutHeaders, DeadLetterHeaders.CUT)).isEqualTo("value,headers");
        assertThat(withoutHeaders.headers().lastHeader("own")).isNull();
        assertThatArray(withoutHeaders.key()).hasSize(5_000);
        assertThat(header(withoutKey, DeadLetterHeaders.CUT)).isEqualTo("value,headers,key");
        assertThat(withoutKey).returns(null, ProducerRecord::key);
        assertThat(header(withoutKey, DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID");
        assertThat(header(withoutKey, DeadLetterHeaders.OFFSET)).isEqualTo("7");
    }

    @Test
    void whatCannotBeSmallerAndWhatIsNoLetterIsLeftAlone() {
        assertThat(DeadLetters.smaller(copy(5_000, 5_000, 5_000, 1))).isEmpty();
        assertThat(DeadLetters.smaller(new ProducerRecord<>(Topics.PROGRESS, new byte[9], new byte[9])))
                .isEmpty();
    }

    @Test
    void headersOfAnEarlierDeathAreReplaced() {
        ConsumerRecord<byte[], byte[]> again = new ConsumerRecord<>("jobs", 3, 7, null, null);
        again.headers().add(DeadLetterHeaders.CODE, bytes("INTERNAL"));
        again.headers().add(DeadLetterHeaders.CUT, bytes("value"));

        ProducerRecord<byte[], byte[]> letter = DeadLetters.copy(again, REASON);

        assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID");
        assertThat(header(letter, DeadLetterHeaders.CUT)).isNull();
    }

    private static ProducerRecord<byte[], byte[]> copy(int key, int value, int header, int limit) {
        ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>("jobs", 3, 7, new byte[key], new byte[value]);
        original.headers().add("own", new byte[header]);
        return DeadLetters.copy(original, REASON, 0, limit);
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return letter.headers().lastHeader(name) == null
                ? null
                : new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
