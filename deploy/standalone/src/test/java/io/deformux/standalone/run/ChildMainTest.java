package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildMainTest {
    @TempDir
    private Path folder;

    /** As when the kernel has killed it for want of memory, or it has halted. */
    @Test
    void aChildEndsInOrderWhenItsParentWasKilled() throws IOException {
        Path ended = folder.resolve("ended");
        Process parent = JavaCommand.of(Parent.class, ended.toString())
                .builder()
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String pid = parent.inputReader().readLine();
            ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.destroyForcibly();
            assertThat(child.onExit()).succeedsWithin(Duration.ofMinutes(1));
            assertThat(ended).exists();
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Says which its child is once that runs. */
    public static final class Parent {
        /** The file that the child writes at its end. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Process child = JavaCommand.of(ChildMain.class, Child.class.getName(), arguments[0])
                    .builder()
                    .start();
            child.inputReader().readLine();
            System.out.println(child.pid());
            child.waitFor();
        }
    }

    /** Writes a file when it ends in order, and never ends by itself. */
    public static final class Child {
        /** The file. */
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.createFile(Path.of(arguments[0]));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
            System.out.println("runs");
            Thread.currentThread().join();
        }
    }
}
