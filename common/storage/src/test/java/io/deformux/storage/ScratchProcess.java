package io.deformux.storage;

import io.deformux.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another process with a job: makes a scratch directory with a file in it and one elsewhere, says where, and waits. */
final class ScratchProcess implements AutoCloseable {
    private final Process process;
    private final Path scratch;

    private ScratchProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
    }

    static ScratchProcess start(Path parent, Path elsewhere) throws IOException {
        Process process = JavaCommand.of(ScratchProcess.class, parent.toString(), elsewhere.toString())
                .builder()
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ScratchProcess(process, Path.of(said.readLine()));
    }

    Path scratch() {
        return scratch;
    }

    /** As SIGKILL does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process: parent and elsewhere. */
    public static void main(String[] arguments) throws IOException {
        Scratch scratch = Scratch.in(Path.of(arguments[0]));
        Files.writeString(scratch.path().resolve("scan"), "a patient's");
        scratch.diesWith(Path.of(arguments[1]));
        Files.writeString(Files.createDirectories(Path.of(arguments[1])).resolve("labels"), "a patient's");
        System.out.println(scratch.path());
        System.out.flush();
        System.in.read();
    }
}
