package io.deformux.testing.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.LoggerFactory;

/**
 * Reads damaged inputs and holds each reading to three rules: it throws nothing but documented refusals, allocates no more
 * than its bound, and ends. The inputs derive from the seed alone. Those that are read, and those that are refused as none
 * was before, are damaged further in their turn.
 *
 * <p>All happens on one thread, the parallel loops of a reader included, so that its allocations are counted.
 */
public final class FuzzRun {
    private static final int MOST_SOURCES = 1000;

    /** Inputs grow by what is put in; so much beyond the largest seed. */
    private static final int MOST_GROWTH = 1 << 12;

    private final FuzzTarget target;
    private final long seed;
    private final long most;
    private final Duration time;
    private final List<byte[]> whole = new ArrayList<>();
    private final List<byte[]> odd = new ArrayList<>();
    private final Set<String> behaviours = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private final KeptInputs found;
    private long executions;
    private long read;
    private long slowest;
    private long largest;

    /**
     * A run.
     *
     * @param executions how many readings
     * @param time after which it ends earlier
     * @param found where the inputs of findings are kept
     */
    public FuzzRun(FuzzTarget target, long seed, long executions, Duration time, Path found) {
        this.target = target;
        this.seed = seed;
        this.most = executions;
        this.time = time;
        this.found = new KeptInputs(found);
    }

    /**
     * The run that the build asks for: all inputs that were kept for the target, and those in the folder of its name below
     * {@code fuzz.inputs}, then damaged ones, as many as {@code fuzz.executions} says (2000 if nothing does) within {@code
     * fuzz.seconds}, from {@code fuzz.seed} (1). Skipped where
     * {@code fuzz.target} names another one.
     *
     * @throws AssertionError if there is a finding
     */
    public static void check(FuzzTarget target) {
        check(target, 1);
    }

    /** The same of a slow reader, with one of {@code slower} readings. */
    public static void check(FuzzTarget target, int slower) {
        String only = System.getProperty("fuzz.target", target.name());
        Assumptions.assumeTrue(only.equals(target.name()), "another target is asked for");
        FuzzRun run = new FuzzRun(
                target,
                Long.getLong("fuzz.seed", 1),
                Long.getLong("fuzz.executions", 2000) / slower,
                Duration.ofSeconds(Long.getLong("fuzz.seconds", 3600)),
                Path.of("target", "fuzz", target.name()));
        List<byte[]> kept = new ArrayList<>(inputs(Path.of("src", "test", "resources", "fuzz"), target));
        String more = System.getProperty("fuzz.inputs");
        if (more != null) {
            kept.addAll(inputs(Path.of(more), target));
        }
        FuzzReport report = quietly(() -> run.run(kept));
        System.out.println(report);
        if (!report.findings().isEmpty()) {
            throw new AssertionError(report.toString());
        }
    }

    private static List<byte[]> inputs(Path folder, FuzzTarget target) {
        return new KeptInputs(folder.resolve(target.name())).all();
    }

    /** Without the log, which a million warnings would fill. */
    private static FuzzReport quietly(Supplier<FuzzReport> run) {
        Logger log = (Logger) LoggerFactory.getLogger("io.deformux");
        Level usual = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            return run.get();
        } finally {
            log.setLevel(usual);
        }
    }

    /** Reads the seeds, these, and what is made of both. */
    public FuzzReport run(List<byte[]> kept) {
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            return one.submit(() -> runHere(kept)).join();
        } finally {
            one.shutdown();
        }
    }

    private FuzzReport runHere(List<byte[]> kept) {
        long start = System.nanoTime();
        try (HangGuard guard = new HangGuard(found)) {
            for (byte[] each : target.seeds()) {
                // Not counted: the first time, classes are loaded.
                Execution.of(target, each).thrown().ifPresent(e -> {
                    throw new AssertionError("a seed of " + target + " is refused", e);
                });
                execute(each, guard);
                whole.add(each);
            }
            for (byte[] each : kept) {
                execute(each, guard);
                odd.add(each);
            }
            SplittableRandom random = new SplittableRandom(seed);
            Mutator mutator = new Mutator(target.tokens(), mostBytes());
            while (executions < most && System.nanoTime() - start < time.toNanos()) {
                byte[] input = mutator.mutate(source(random), source(random), random);
                keep(input, execute(input, guard), random);
            }
        }
        return new FuzzReport(
                target.name(),
                seed,
                executions,
                (System.nanoTime() - start) / 1e9,
                read,
                behaviours.size(),
                slowest / 1e6,
                largest,
                findings);
    }

    private int mostBytes() {
        return MOST_GROWTH
                + target.seeds().stream().mapToInt(each -> each.length).max().orElse(0);
    }

    /** One that begins a damage of its own: a seed most of the time, so that not all of it is damaged already. */
    private byte[] source(SplittableRandom random) {
        List<byte[]> from = odd.isEmpty() || random.nextInt(3) > 0 ? whole : odd;
        int among = random.nextBoolean() && from == whole ? target.seeds().size() : from.size();
        return from.get(random.nextInt(among));
    }

    private void keep(byte[] input, Execution execution, SplittableRandom random) {
        if (behaviours.add(execution.behaviour()) && odd.size() < MOST_SOURCES) {
            odd.add(input);
        } else if (execution.thrown().isEmpty() && whole.size() < MOST_SOURCES) {
            whole.add(input);
        } else if (execution.thrown().isEmpty()) {
            int first = target.seeds().size();
            whole.set(first + random.nextInt(whole.size() - first), input);
        }
    }

    private Execution execute(byte[] input, HangGuard guard) {
        guard.begin(input);
        Execution execution = Execution.of(target, input);
        executions++;
        read += execution.thrown().isEmpty() ? 1 : 0;
        slowest = Math.max(slowest, execution.nanos());
        largest = Math.max(largest, execution.allocated());
        if (execution.finding().isPresent() && kinds.add(execution.kind())) {
            tell(execution, new Shrinking(target, execution.kind(), guard).shrink(input));
        }
        return execution;
    }

    private void tell(Execution execution, byte[] least) {
        Path kept = found.write(least);
        findings.add(execution.finding().orElseThrow() + " (" + execution.allocated() + " bytes, " + execution.nanos()
                + " ns): execution " + executions + ", " + kept);
        execution.thrown().ifPresent(e -> write(kept.resolveSibling(kept.getFileName() + ".txt"), e));
    }

    private static void write(Path file, Throwable thrown) {
        StringBuilder text = new StringBuilder().append(thrown);
        for (StackTraceElement frame : thrown.getStackTrace()) {
            text.append("\n\tat ").append(frame);
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
