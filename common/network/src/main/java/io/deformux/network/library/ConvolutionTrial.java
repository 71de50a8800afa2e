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
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries a library in a child process ({@link TrialMain}), because arithmetic that goes wrong can take its process with it. A
 * child that dies of a signal, hangs or answers nonsense is a verdict like any other.
 *
 * <p>The child has this JVM's Java, class path and environment and those of its properties that DJL reads. Its files go to a
 * temporary folder, which is deleted.
 */
final class ConvolutionTrial implements Trial {
    private static final String DIED = "the process that tried it died of signal ";
    private static final String CRASH_REPORT = "hs_err.log";
    private static final Pattern SIGNAL = Pattern.compile("^# +(SIG[A-Z]+)", Pattern.MULTILINE);
    /** How long it waits for an answer. */
    static final Duration LIMIT = Duration.ofSeconds(120);
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

    private final String mainClass;
    private final Duration limit;
    private final Path temporary;

    /**
     * In a class that does as {@link TrialMain} does.
     *
     * @param limit after which the child is killed
     * @param temporary where its folder is made and deleted
     */
    ConvolutionTrial(String mainClass, Duration limit, Path temporary) {
        this.mainClass = mainClass;
        this.limit = limit;
        this.temporary = temporary;
    }

    ConvolutionTrial() {
        this(TrialMain.class.getName(), LIMIT, Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public Verdict of(Libtorch library, ArithmeticKind kind) {
        try {
            try (TrialFolder scratch = TrialFolder.in(temporary)) {
                return run(command(library, kind, scratch.path()), scratch.path());
            }
        } catch (IOException e) {
            return Verdict.unknown("no process can be started to try it: " + e.getMessage());
        }
    }

    private Verdict run(List<String> command, Path scratch) throws IOException {
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
                return Verdict.unknown("no answer within " + limit.toSeconds() + " s");
            }
            return verdict(child.exitValue(), answer, crash(scratch));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.unknown("interrupted");
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

    private static Verdict verdict(int exitCode, Path answer, Optional<String> crash) throws IOException {
        if (crash.isPresent()) {
            return Verdict.failed(DIED + crash.get());
        }
        if (exitCode > SIGNALLED) {
            int signal = exitCode - SIGNALLED;
            return FROM_OUTSIDE.contains(signal) ? Verdict.unknown(DIED + signal) : Verdict.failed(DIED + signal);
        }
        if (exitCode != 0) {
            return Verdict.unknown("the process that tried it ended with exit code " + exitCode);
        }
        // Native code may print anything; the verdict is the last line.
        String text = new String(Files.readAllBytes(answer), Charset.defaultCharset());
        return text.lines()
                .reduce((first, second) -> second)
                .flatMap(CacheFile::parse)
                .flatMap(Verdict::fromJson)
                .orElseGet(() -> Verdict.unknown("the process that tried it gave no verdict"));
    }

    private List<String> command(Libtorch library, ArithmeticKind kind, Path scratch) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + scratch.resolve(CRASH_REPORT)));
        Properties properties = new Properties();
        System.getProperties().forEach((name, value) -> {
            if (PASSED_ON.stream().anyMatch(name.toString()::startsWith)) {
                properties.put(name, value);
            }
        });
        if (!library.chosenByUser()) {
            // Where an engine runs already, these say what this JVM has started on.
            properties.keySet().removeAll(Libtorch.CHOICE);
        }
        properties.putAll(library.startProperties());
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, mainClass, kind.name()));
        return command;
    }
}
