package io.deformux.standalone.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which code a process really ends; that workers have {@link ProcessEnd} is a default that others test. */
@Timeout(60)
class ProcessEndTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"stuck, 71", "broken, 72", "device-lost, 73"})
    void aProcessThatCannotGoOnEndsWithACodeOfItsOwnThoughItsHooksHang(String how, int code) throws Exception {
        assertThat(end(JavaCommand.of(Doomed.class, how))).isEqualTo(code);
    }

    @Test
    void aFullHeapEndsAProcessOnWhateverThreadByWhatTheLauncherGivesToJava() throws Exception {
        assertThat(end(JavaCommand.of(Doomed.class, "heap").with("-Xmx16m", "-XX:+ExitOnOutOfMemoryError")))
                .isEqualTo(3);
    }

    private int end(JavaCommand command) throws IOException, InterruptedException {
        Process process = command.with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program whose end by {@link System#exit} would wait for ever. */
    static final class Doomed {
        private Doomed() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(never)));
            switch (arguments[0]) {
                case "stuck" -> ProcessEnd.HALT.stuck();
                case "broken" -> ProcessEnd.HALT.broken(new LinkageError("a class that is not there"));
                case "device-lost" -> ProcessEnd.HALT.deviceLost();
                default -> new Thread(Doomed::fill).start();
            }
            never.await();
        }

        private static void fill() {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[1 << 20]);
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
