package io.deformux.standalone;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the command line in a process of its own, as an operator runs it. */
public final class ProgramProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ProgramProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param environment what it finds in its environment beside what this process has
     * @param log takes what it prints
     */
    public static ProgramProcess start(Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        ProcessBuilder builder = JavaCommand.of(Deformux.class, arguments)
                .withModules()
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ProgramProcess(builder.start(), log);
    }

    /** What it has printed so far. */
    public String printed() throws IOException {
        return Files.readString(log);
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** How it ended; waits for that. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, and SIGKILL if that does not end it. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
