package io.deformux.standalone.check.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnswersTest {
    @Test
    void allAnswersTogetherHaveOneLimit() {
        Answers answers = new Answers(Duration.ofMillis(300));
        long start = System.nanoTime();

        Answers.Each<String, Integer> each = answers.each(Map.of(
                "never",
                new KafkaFutureImpl<>(),
                "at once",
                KafkaFuture.completedFuture(1),
                "nor this",
                new KafkaFutureImpl<>()));

        assertThat(each.given()).containsExactly(Map.entry("at once", 1));
        assertThat(each.refused()).containsOnlyKeys("never", "nor this").allSatisfy((key, why) -> assertThat(why)
                .hasMessage("no answer in time"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(answers.left()).isZero();
    }

    @Test
    void whatKafkaThrowsIsToldWithWhatToDo() {
        assertThat(refused(new SaslAuthenticationException("Invalid username or password")))
                .isEqualTo("authentication failed: Invalid username or password");
        assertThat(refused(new SslAuthenticationException("SSL handshake failed")))
                .isEqualTo("TLS failed: SSL handshake failed");
        assertThat(refused(GroupAuthorizationException.forGroupId("night")))
                .startsWith("not allowed: ")
                .contains("night");
        assertThat(refused(new TimeoutException("Timed out waiting for a node assignment")))
                .isEqualTo("no answer in time");
        assertThat(refused(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void theReasonInsideIsTold() {
        RefusedException wrongHost = RefusedException.of(
                new KafkaException("Failed create new KafkaAdminClient", new ConfigException("No resolvable urls")));
        RefusedException noLogin = RefusedException.of(new KafkaException(
                "Failed create new KafkaAdminClient", new KafkaException(new LoginException("No LoginModule found"))));

        assertThat(wrongHost).hasMessage("No resolvable urls");
        assertThat(noLogin).hasMessage("No LoginModule found");
        assertThat(noLogin.isFor(LoginException.class)).isTrue();
        assertThat(noLogin.advice()).contains("--kafka-properties");
    }

    private static String refused(RuntimeException thrown) {
        KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
        future.completeExceptionally(thrown);
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> new Answers(Duration.ofSeconds(1)).get(future));
        assertThat(refused.advice()).isNotBlank();
        assertThat(refused.isFor(thrown.getClass())).isTrue();
        assertThat(refused.isFor(ExecutionException.class)).isFalse();
        return refused.getMessage();
    }
}
