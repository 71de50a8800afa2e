package io.deformux.schemas;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the topics of the contract are named on a cluster: those of two installations can lie side by side. Names that are
 * not the contract's stay as they are.
 *
 * @param prefix takes the place of {@value #USUAL} in all of them
 */
public record TopicNames(String prefix) {
    /** What the names of the contract begin with. */
    public static final String USUAL = "deformux.";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Set<String> ALL = Set.of(
            Topics.SCAN_ARRIVED,
            Topics.SCAN_URGENT,
            Topics.SEGMENTATION_RESULT,
            Topics.TRAINING_REQUESTED,
            Topics.TRAINING_FOLD_REQUESTED,
            Topics.TRAINING_READY,
            Topics.TRAINING_RESULT,
            Topics.MODEL_PUBLISHED,
            Topics.PROGRESS,
            Topics.RETRY,
            Topics.RETRY_URGENT,
            Topics.DEAD_LETTER,
            Topics.DEAD_LETTER_REPLAY,
            Topics.JOB_CANCEL,
            "deformux.feed.position");

    /** As the contract has them. */
    public static final TopicNames CONTRACT = new TopicNames(USUAL);

    /** Checks that Kafka takes such names. */
    public TopicNames {
        Objects.requireNonNull(prefix, "prefix");
        if (!ALLOWED.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix of topics is 1 to 100 letters, digits, '.', '_' and '-', not '" + prefix + "'");
        }
    }

    /** Whether that is the contract's name of a topic. */
    public static boolean isOfContract(String topic) {
        return ALL.contains(topic);
    }

    /** The name on the cluster of a topic of the contract. */
    public String of(String topic) {
        return ALL.contains(topic) ? prefix + topic.substring(USUAL.length()) : topic;
    }

    /** The name in the contract of a topic on the cluster. */
    public String contract(String name) {
        if (!name.startsWith(prefix)) {
            return name;
        }
        String topic = USUAL + name.substring(prefix.length());
        return ALL.contains(topic) ? topic : name;
    }
}
