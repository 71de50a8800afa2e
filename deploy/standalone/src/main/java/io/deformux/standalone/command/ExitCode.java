package io.deformux.standalone.command;

import io.deformux.standalone.option.ProcessEnd;

/** The exit codes of the {@code deformux} command, the same for every subcommand. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The job ended in a failed event, or a check did not hold. */
    public static final int JOB_FAILED = 1;
    /** The command line is wrong (picocli's own code). */
    public static final int USAGE = 2;
    /** No answer came in time. */
    public static final int TIMEOUT = 3;
    /** An input, model or cluster that the command needs cannot be used; the message says why. */
    public static final int UNAVAILABLE = 4;
    /** {@code deformux check} found what keeps jobs from running. */
    public static final int NOT_FIT = 5;
    /** A fault in this software. */
    public static final int INTERNAL = 70;

    /** A worker's job did not notice its end. */
    public static final int STUCK = ProcessEnd.STUCK;
    /** An error, not an exception, ended a worker's loop. */
    public static final int BROKEN = ProcessEnd.BROKEN;
    /** The GPU of a worker answers no more. */
    public static final int DEVICE_LOST = ProcessEnd.DEVICE_LOST;

    private ExitCode() {}
}
