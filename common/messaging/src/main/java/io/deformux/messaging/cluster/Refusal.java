package io.deformux.messaging.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What Kafka or its client did not do for us, told so that a person can act.
 *
 * @param message the innermost cause, in one line
 * @param advice what to do about it
 * @param passing whether it can pass by itself, as when a broker restarts; else somebody must change something
 * @param cause the exception that tells it
 */
public record Refusal(String message, String advice, boolean passing, Throwable cause) {
    private static final String CONFIGURATION =
            "mend --bootstrap-servers or --kafka-properties if they are named; else see the brokers' logs";

    /** Of what a client threw, where nothing more is known of what it was to do. */
    public static Refusal of(Throwable thrown) {
        return of(thrown, topic -> AclOperation.ANY);
    }

    /**
     * Of what a client threw.
     *
     * @param needed the right that the client needs on a topic
     */
    public static Refusal of(Throwable thrown, Function<String, AclOperation> needed) {
        Throwable cause = telling(thrown);
        if (cause instanceof RefusedRecordException refused) {
            Refusal of = of(refused.getCause(), needed);
            return new Refusal("topic " + refused.topic() + ": " + of.message, of.advice, of.passing, of.cause);
        }
        if (cause instanceof AuthenticationException) {
            return unknownUser(cause);
        }
        if (cause instanceof AuthorizationException denied) {
            return denied(denied, needed);
        }
        if (cause instanceof RecordTooLargeException) {
            return lasting(
                    "a record is too large: " + text(cause),
                    "raise max.message.bytes of the topic, and max.request.size in --kafka-properties",
                    cause);
        }
        if (cause instanceof UnknownTopicOrPartitionException
                || cause.getCause() instanceof UnknownTopicOrPartitionException // a producer has waited for the topic
                || cause instanceof InvalidTopicException) {
            return lasting(
                    "the topic does not exist: " + text(cause),
                    "have it created; deformux check --bootstrap-servers says how",
                    cause);
        }
        if (cause instanceof InvalidTimestampException) {
            return new Refusal(
                    "the clock here is not the brokers': " + text(cause),
                    "set the clock of this machine, or give the topic message.timestamp.type=LogAppendTime",
                    true,
                    cause);
        }
        if (cause instanceof UnsupportedVersionException) {
            return lasting("the brokers are too old to tell", "use brokers 3.9 or later", cause);
        }
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return new Refusal(
                    "no answer in time",
                    "see that the brokers run, that their advertised.listeners can be reached from here, and that"
                            + " security.protocol in --kafka-properties is the listener's (is this port TLS?)",
                    true,
                    cause);
        }
        boolean configured = cause instanceof ConfigException
                || cause instanceof InvalidSessionTimeoutException
                || cause instanceof IOException
                || cause instanceof GeneralSecurityException;
        return new Refusal(text(cause), CONFIGURATION, !configured, cause);
    }

    private static Refusal unknownUser(Throwable cause) {
        return cause instanceof SslAuthenticationException
                ? lasting(
                        "TLS failed: " + text(cause),
                        "name a trust store that knows the brokers' certificates in --kafka-properties, and a listener"
                                + " that speaks TLS in --bootstrap-servers",
                        cause)
                : lasting(
                        "authentication failed: " + text(cause),
                        "mend sasl.mechanism and the user and password of sasl.jaas.config in --kafka-properties",
                        cause);
    }

    private static Refusal denied(AuthorizationException denied, Function<String, AclOperation> needed) {
        String advice = "ask the cluster's administrator for this right";
        if (denied instanceof TopicAuthorizationException topics && tells(topics.unauthorizedTopics(), needed)) {
            advice = topics.unauthorizedTopics().stream()
                    .sorted()
                    .map(topic -> grant(needed.apply(topic).name().toLowerCase(Locale.ROOT), "topic", topic))
                    .collect(Collectors.joining("; "));
        } else if (denied instanceof GroupAuthorizationException group && group.groupId() != null) {
            advice = grant("read", "group", group.groupId());
        } else if (denied instanceof TransactionalIdAuthorizationException) {
            advice = "have write granted on transactional ids that begin with the name of the worker's group";
        }
        return lasting("not allowed: " + text(denied), advice, denied);
    }

    private static boolean tells(Set<String> topics, Function<String, AclOperation> needed) {
        return !topics.isEmpty() && needed.apply(topics.iterator().next()) != AclOperation.ANY;
    }

    /** Whether a consumer that was refused so sends no heartbeats any more, although it goes on polling. */
    public static boolean endsMembership(KafkaException thrown) {
        return thrown instanceof AuthenticationException || thrown instanceof GroupAuthorizationException;
    }

    /** How an administrator grants a right; a name that ends with {@code *} stands for all that begin so. */
    public static String grant(String operation, String kind, String name) {
        String resource =
                name.endsWith("*") ? name.substring(0, name.length() - 1) + " --resource-pattern-type prefixed" : name;
        return "have it granted: kafka-acls --add --allow-principal USER --operation " + operation + " --" + kind + " "
                + resource;
    }

    private static Refusal lasting(String message, String advice, Throwable cause) {
        return new Refusal(message, advice, false, cause);
    }

    /** Whether that is why. */
    public boolean isFor(Class<? extends Throwable> kind) {
        return kind.isInstance(cause);
    }

    /** What is wrong and what to do. */
    @Override
    public String toString() {
        return message + "; " + advice;
    }

    /** The innermost one that Kafka or the configuration has something to say with. */
    private static Throwable telling(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && wraps(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean wraps(Throwable thrown) {
        return thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown.getClass() == KafkaException.class;
    }

    private static String text(Throwable cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return "no such file: " + cause.getMessage();
        }
        if (cause instanceof FileSystemException file) {
            return "cannot read the file " + file.getFile() + " ("
                    + cause.getClass().getSimpleName() + ")";
        }
        if (cause instanceof CommitFailedException) {
            return "this worker is no longer in its group";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
