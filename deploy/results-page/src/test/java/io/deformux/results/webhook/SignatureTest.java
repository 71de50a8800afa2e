package io.deformux.results.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The signature is the one that the operators' page has receivers compute. */
class SignatureTest {
    /** Expected is what openssl makes of it: {@code printf '1700000000.{"id":"1"}' | openssl dgst -sha256 -hmac SECRET}. */
    @Test
    void itIsTheHmacOfSecondsDotAndBody() {
        String signature = Signature.of(
                "the secret of this webhook",
                Instant.ofEpochSecond(1_700_000_000),
                "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature)
                .isEqualTo("t=1700000000,v1=b1b7a4f728d8b58e62b9f3a7801eb372a2b5f6548f2a242e9b6b1e858f578b7c");
    }
}
