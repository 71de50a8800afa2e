package io.deformux.standalone.check.cluster;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the cluster did not do for us, in one line, with what to do about it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    private RefusedException(String message, String advice, Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    /** What a client threw, told so that a person can act. */
    static RefusedException of(Throwable thrown) {
        Throwable cause = cause(thrown);
        if (cause instanceof SslAuthenticationException) {
            return new RefusedException(
                    "TLS failed: " + cause.getMessage(),
                    "name a trust store that knows the brokers' certificates in --kafka-properties, and a listener"
                            + " that speaks TLS in --bootstrap-servers",
                    cause);
        }
        if (cause instanceof AuthenticationException) {
            return new RefusedException(
                    "authentication failed: " + cause.getMessage(),
                    "mend sasl.mechanism and the user and password of sasl.jaas.config in --kafka-properties",
                    cause);
        }
        if (cause instanceof AuthorizationException) {
            return new RefusedException(
                    "not allowed: " + cause.getMessage(), "ask the cluster's administrator for this right", cause);
        }
        if (cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return new RefusedException(
                    "no answer in time",
                    "see that the brokers run, that their advertised.listeners can be reached from here, and that"
                            + " security.protocol in --kafka-properties is the listener's",
                    cause);
        }
        if (cause instanceof UnsupportedVersionException) {
            return new RefusedException("the brokers are too old to tell", "use brokers 3.9 or later", cause);
        }
        return new RefusedException(
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
                "mend --bootstrap-servers or --kafka-properties if they are named; else see the brokers' logs",
                cause);
    }

    /** The innermost one that Kafka or the configuration has something to say with. */
    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause.getClass() == KafkaException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether that is why. */
    boolean isFor(Class<? extends Throwable> kind) {
        return kind.isInstance(getCause());
    }

    /** What to do about it. */
    String advice() {
        return advice;
    }
}
