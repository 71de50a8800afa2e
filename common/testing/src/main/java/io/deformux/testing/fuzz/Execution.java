package io.deformux.testing.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One reading and what it took.
 *
 * @param nanos wall time
 * @param allocated bytes that its thread allocated
 * @param thrown what it threw, documented or not
 * @param finding what is wrong with it, in words; empty if nothing is
 */
record Execution(long nanos, long allocated, Optional<Throwable> thrown, Optional<String> finding) {
    /** Far above what any small input takes, collections of garbage and busy machines included. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Execution of(FuzzTarget target, byte[] input) {
        Throwable thrown = null;
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        try {
            target.reading().read(input);
        } catch (Throwable e) { // errors are findings, too
            thrown = e;
        }
        long nanos = System.nanoTime() - start;
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        String finding = null;
        if (thrown != null && !target.documented().test(thrown)) {
            finding = "throws " + thrown.getClass().getName() + " at " + place(thrown);
        } else if (allocated > target.memory().most(input.length)) {
            finding = "allocates more than the bound";
        } else if (nanos > MOST_TIME.toNanos()) {
            finding = "takes longer than " + MOST_TIME.toSeconds() + " s";
        }
        return new Execution(nanos, allocated, Optional.ofNullable(thrown), Optional.ofNullable(finding));
    }

    /** What tells one behaviour of the reader from another: the refusal without its numbers. */
    String behaviour() {
        return thrown.map(e -> e.getClass().getName() + plain(String.valueOf(e.getMessage())))
                .orElse("read");
    }

    /** What tells one finding from another. */
    String kind() {
        return finding.orElse("");
    }

    private static String plain(String message) {
        return message.replaceAll("[^A-Za-z ]+", "#");
    }

    /** The last steps of the reader. */
    private static String place(Throwable e) {
        return Stream.of(e.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(Execution.class.getName()))
                .limit(3)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
