package io.deformux.network.library;

import io.deformux.network.library.TrialProcess.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tries a library in a child process ({@link TrialMain}), because arithmetic that goes wrong can take its process with it. A
 * child that dies of a signal, hangs or answers nonsense is a verdict like any other.
 */
final class ConvolutionTrial implements LibraryTrial {
    /** How long it waits for an answer. */
    static final Duration LIMIT = Duration.ofSeconds(120);

    private static final String HEAP = "512m";

    private final TrialProcess child;

    /**
     * In a class that does as {@link TrialMain} does.
     *
     * @param limit after which the child is killed
     * @param temporary where its folder is made and deleted
     */
    ConvolutionTrial(String mainClass, Duration limit, Path temporary) {
        this.child = new TrialProcess(mainClass, HEAP, limit, temporary);
    }

    ConvolutionTrial() {
        this(TrialMain.class.getName(), LIMIT, Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public Verdict of(Libtorch library, ArithmeticKind kind) {
        // Where an engine runs already, the properties that choose one say what this JVM has started on.
        Set<String> without = library.chosenByUser() ? Set.of() : Libtorch.CHOICE;
        return verdict(child.run(library.startProperties(), without, List.of(kind.name())));
    }

    private static Verdict verdict(End end) {
        if (end instanceof End.Crashed crashed) {
            return Verdict.failed(crashed.why());
        }
        if (end instanceof End.Unknown unknown) {
            return Verdict.unknown(unknown.why());
        }
        return CacheFile.parse(((End.Answered) end).line())
                .flatMap(Verdict::fromJson)
                .orElseGet(() -> Verdict.unknown("the process that tried it gave no verdict"));
    }
}
