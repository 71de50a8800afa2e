package io.deformux.storage;

import java.util.Objects;

/**
 * One attempt at storing the outputs of a job, so that those of two attempts never mix.
 *
 * @param scratch the job's; what the attempt leaves unfinished elsewhere goes with it
 * @param content stands for the bytes of all its files: letters and digits, the same for the same bytes
 */
public record Attempt(Scratch scratch, String content) {

    /** Checks that both are there. */
    public Attempt {
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(content, "content");
    }
}
