package io.deformux.schemas;

/**
 * A request: that a dead letter be sent again to the topic from which it came, as if it were new.
 *
 * @param deadLetter its partition and offset on {@link Topics#DEAD_LETTER}, as {@code 0-17}
 */
public record DeadLetterReplay(String deadLetter) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.dead-letter.replay.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.DEAD_LETTER_REPLAY;
    }

    @Override
    public String key() {
        return deadLetter;
    }
}
