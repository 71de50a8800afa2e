package io.deformux.network.library;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a main class in a child process for one answer, its last line, because native code that goes wrong can take its process
 * with it. The child has this JVM's Java, class path and environment and those of its properties that DJL reads. Its files go
 * to a temporary folder, which is deleted.
 *
 * @param mainClass what runs; it holds on to its {@code Lifeline}
 * @param heap the most Java memory, as {@code 512m}
 * @param limit after which the child is killed
 * @param temporary where its folder is made and deleted
 */
public record TrialProcess(String mainClass, String heap, Duration limit, Path temporary) {
    private static final String DIED = "the process that tried it died of signal ";
    private static final String CRASH_REPORT = "hs_err.log";
    private static final Pattern SIGNAL = Pattern.compile("^# +(SIG[A-Z]+)", Pattern.MULTILINE);
    /** Linux shells and Java count a death by signal n as exit code 128 + n. */
    private static final int SIGNALLED = 128;
    /** Signals by which others end a process: killed, often for memory, and asked to end. */
    private static final List<Integer> FROM_OUTSIDE = List.of(9, 15, 2, 1);

    private static final List<String> PASSED_ON = List.of(
            "ai.djl.",
            "DJL_",
            "ENGINE_",
            "PYTORCH_",
            "LIBSTDCXX_",
            "OPT_OUT_TRACKING",
            "java.library.path",
            "user.home",
            "java.io.tmpdir");

    /** How a child ended. */
    public sealed interface End {
        /** By itself; the last line that it printed, which may be empty. */
        record Answered(String line) implements End {}

        /** By a fault of what it ran, in words. */
        record Crashed(String why) implements End {}

        /** In a way that says nothing of what it ran, in words. */
        record Unknown(String why) implements End {}
    }

    /**
     * Runs it to its end.
     *
     * @param properties system properties besides those passed on
     * @param without names of properties that are not passed on
     */
    public End run(Map<String, String> properties, Set<String> without, List<String> arguments) {
        try (TrialFolder scratch = TrialFolder.in(temporary)) {
            return run(command(properties, without, arguments, scratch.path()), scratch.path());
        } catch (IOException e) {
            return new End.Unknown("no process can be started to try it: " + e.getMessage());
        }
    }

    private End run(List<String> command, Path scratch) throws IOException {
        Path answer = scratch.resolve("answer");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectOutput(answer.toFile())
                .redirectError(scratch.resolve("errors").toFile());
        // Many small tasks: threads that spin while they wait take several times as long on a busy machine.
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
        Process child = builder.start();
        try {
            if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new End.Unknown("no answer within " + limit.toSeconds() + " s");
            }
            return end(child.exitValue(), answer, crash(scratch));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new End.Unknown("interrupted");
        } finally {
            child.destroyForcibly();
            child.onExit().join();
        }
    }

    /** The signal's name if the JVM reported its own death, which it ends with exit code 1 when it writes no core. */
    private static Optional<String> crash(Path scratch) throws IOException {
        Path report = scratch.resolve(CRASH_REPORT);
        if (!Files.exists(report)) {
            return Optional.empty();
        }
        Matcher signal = SIGNAL.matcher(Files.readString(report, StandardCharsets.ISO_8859_1));
        return Optional.of(signal.find() ? signal.group(1) : "unknown");
    }

    private static End end(int exitCode, Path answer, Optional<String> crash) throws IOException {
        if (crash.isPresent()) {
            return new End.Crashed(DIED + crash.get());
        }
        if (exitCode > SIGNALLED) {
            int signal = exitCode - SIGNALLED;
            return FROM_OUTSIDE.contains(signal) ? new End.Unknown(DIED + signal) : new End.Crashed(DIED + signal);
        }
        if (exitCode != 0) {
            return new End.Unknown("the process that tried it ended with exit code " + exitCode);
        }
        // Native code may print anything; the answer is the last line.
        String text = new String(Files.readAllBytes(answer), Charset.defaultCharset());
        return new End.Answered(text.lines().reduce((first, second) -> second).orElse(""));
    }

    private List<String> command(
            Map<String, String> properties, Set<String> without, List<String> arguments, Path scratch) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + scratch.resolve(CRASH_REPORT)));
        Properties passed = new Properties();
        System.getProperties().forEach((name, value) -> {
            if (PASSED_ON.stream().anyMatch(name.toString()::startsWith)) {
                passed.put(name, value);
            }
        });
        passed.keySet().removeAll(without);
        passed.putAll(properties);
        passed.forEach((name, value) -> command.add("-D" + name + "=" + value));
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}
