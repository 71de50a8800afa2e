package io.deformux.network.library;

import java.io.IOException;
import java.time.Duration;

/**
 * What ends a child process that nobody waits for any more, whatever native code it is in: the end of its standard input,
 * which its parent holds open, the end of that parent, or too long a time.
 */
public final class Lifeline {
    /** As of a process that gave up. */
    static final int ENDED = 1;

    private Lifeline() {}

    /** Watches this process from now on. */
    public static void hold(Duration limit) {
        watch("parent-watch", () -> {
            while (System.in.read() >= 0) {
                // Nobody writes.
            }
        });
        watch("time-watch", () -> Thread.sleep(limit.toMillis()));
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(Lifeline::end));
    }

    /** Waits for something that is the end. */
    private interface Wait {
        void run() throws IOException, InterruptedException;
    }

    private static void watch(String name, Wait wait) {
        Thread watch = new Thread(
                () -> {
                    try {
                        wait.run();
                    } catch (IOException | InterruptedException e) {
                        // As good as the end.
                    }
                    end();
                },
                name);
        watch.setDaemon(true);
        watch.start();
    }

    private static void end() {
        Runtime.getRuntime().halt(ENDED);
    }
}
