package io.deformux.testing.fuzz;

import java.nio.file.Path;
import java.time.Duration;

/** Ends the JVM when one reading does not end, after keeping its input and printing where it is. */
final class HangGuard implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Thread reading = Thread.currentThread();
    private final Thread watch;
    private final KeptInputs found;
    private byte[] input;
    private long since;

    HangGuard(KeptInputs found) {
        this.found = found;
        this.watch = new Thread(this::watch, "fuzz-hang-guard");
        watch.setDaemon(true);
        watch.start();
    }

    /** From now on this is read. */
    synchronized void begin(byte[] next) {
        input = next;
        since = System.nanoTime();
    }

    private synchronized void watch() {
        since = System.nanoTime();
        try {
            while (true) {
                wait(1000);
                if (System.nanoTime() - since > PATIENCE.toNanos()) {
                    end();
                    return;
                }
            }
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    private void end() {
        Path kept = found.write(input);
        StringBuilder text = new StringBuilder("HANGS: one reading has gone on for ")
                .append(PATIENCE.toSeconds())
                .append(" s; its input is ")
                .append(kept);
        for (StackTraceElement frame : reading.getStackTrace()) {
            text.append("\n\tat ").append(frame);
        }
        System.out.println(text);
        Runtime.getRuntime().halt(1);
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
