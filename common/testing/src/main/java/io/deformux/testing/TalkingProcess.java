package io.deformux.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Java program in a JVM of its own that says on its standard output how far it is, in lines that begin with a mark. */
public final class TalkingProcess implements AutoCloseable {
    /** What {@link #awaitLine} gives of a program that has ended. */
    public static final String GONE = "gone";

    private final String mark;
    private final Process process;
    private final BufferedReader says;

    private TalkingProcess(String mark, Process process) {
        this.mark = mark;
        this.process = process;
        says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a program that should be up soon; what it prints as errors is dropped. */
    public static TalkingProcess start(String mark, Class<?> main, String... arguments) {
        try {
            Process started = JavaCommand.of(main, arguments)
                    .with("-XX:TieredStopAtLevel=1")
                    .builder()
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new TalkingProcess(mark, started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for what the program says next, without its mark. */
    public String awaitLine() throws IOException {
        String line = says.readLine();
        while (line != null && !line.startsWith(mark)) {
            line = says.readLine();
        }
        return line == null ? GONE : line.substring(mark.length());
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
