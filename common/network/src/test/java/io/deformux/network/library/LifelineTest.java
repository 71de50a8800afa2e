package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifelineTest {
    private static final String NEVER = "PT1H";

    @Test
    void aChildEndsWithItsTime() throws IOException, InterruptedException {
        assertEnds(start(Hanging.class, "PT0.1S"));
    }

    @Test
    void aChildEndsWithItsStandardInput() throws IOException, InterruptedException {
        Process child = start(Hanging.class, NEVER);
        assertThat(child.isAlive()).isTrue();
        child.getOutputStream().close();
        assertEnds(child);
    }

    /** The child's standard input stays open here: this process holds it, not the parent that ends. */
    @Test
    void aChildEndsWithItsParent() throws IOException, InterruptedException {
        Process parent = start(Parent.class, NEVER);
        try {
            String pid = parent.inputReader().readLine();
            ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.destroyForcibly();
            assertThat(child.onExit()).succeedsWithin(Duration.ofMinutes(1));
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void assertEnds(Process child) throws InterruptedException {
        try {
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).isEqualTo(Lifeline.ENDED);
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process start(Class<?> main, String limit) throws IOException {
        return JavaCommand.of(main, limit)
                .builder()
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Never ends by itself. */
    public static final class Hanging {
        /** How long it may live. */
        public static void main(String[] arguments) throws InterruptedException {
            Lifeline.hold(Duration.parse(arguments[0]));
            Thread.currentThread().join();
        }
    }

    /** Has a child that inherits its standard input, and says which. */
    public static final class Parent {
        /** How long the child may live. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Process child = JavaCommand.of(Hanging.class, arguments[0])
                    .builder()
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            System.out.println(child.pid());
            child.waitFor();
        }
    }
}
