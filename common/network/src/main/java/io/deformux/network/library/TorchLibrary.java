package io.deformux.network.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what PyTorch a JVM starts on.
 *
 * <p>Where the processor says how large its caches are, it is DJL's own, untried: only where they are hidden is oneDNN known
 * to compute wrong. There, and of a library that a setting names, each kind of arithmetic is tried once and the verdict
 * remembered. If one fails and no setting names a library, a corrected copy is tried, and used if it passes everything; else
 * all stays as it was, with the kinds that passed.
 */
public final class TorchLibrary {
    private static final Logger log = LoggerFactory.getLogger(TorchLibrary.class);

    private final LibrarySettings settings;
    private final Machine machine;
    private final Libtorch original;
    private final Function<Libtorch, RepairOutcome> repair;
    private final FileDigests digests;
    private final LibraryTrial trial;

    TorchLibrary(
            LibrarySettings settings,
            Machine machine,
            Libtorch original,
            Function<Libtorch, RepairOutcome> repair,
            FileDigests digests,
            LibraryTrial trial) {
        this.settings = settings;
        this.machine = machine;
        this.original = original;
        this.repair = repair;
        this.digests = digests;
        this.trial = trial;
    }

    /** For this JVM, as its settings say; see this package's documentation. */
    public static TorchLibrary ofThisJvm() {
        LibrarySettings settings = LibrarySettings.ofThisJvm();
        FileDigests digests = new FileDigests(settings.cacheFolder());
        return new TorchLibrary(
                settings,
                Machine.ofThisJvm(),
                Libtorch.find(settings),
                new LibraryRepair(settings.cacheFolder(), KnownFault.ALL, digests)::of,
                digests,
                new ConvolutionTrial());
    }

    /**
     * Throws what {@link #choose()} would throw for a setting, without deciding.
     *
     * @throws IllegalArgumentException if a setting has an unknown value
     */
    public static void requireValidSettings() {
        LibrarySettings settings = LibrarySettings.ofThisJvm();
        settings.forced();
        settings.repairAllowed();
    }

    /** Whether the one that a JVM starts on is for CUDA, as far as its name or its folder says. */
    public static boolean forCuda() {
        return Libtorch.find(LibrarySettings.ofThisJvm()).forCuda();
    }

    /** Where copies, digests and verdicts are kept. */
    public static Path cacheFolder() {
        return LibrarySettings.ofThisJvm().cacheFolder();
    }

    /**
     * Decides. Takes no time where nothing is suspect; else up to a minute the first time and some milliseconds later.
     *
     * @throws IllegalArgumentException if a setting has an unknown value
     */
    public LibraryChoice choose() {
        if (!suspect()) {
            return untried();
        }
        TriedLibrary tried = tried(original);
        Optional<ArithmeticKind> failing = tried.failing();
        if (failing.isEmpty()) {
            return choice(tried, false, Optional.empty());
        }
        if (original.chosenByUser()) {
            return kept(tried, "a setting names this library");
        }
        if (!settings.repairAllowed()) {
            return kept(tried, "its repair is switched off");
        }
        RepairOutcome outcome = repair.apply(original);
        if (outcome instanceof RepairOutcome.NotPossible not) {
            return kept(tried, not.reason());
        }
        TriedLibrary copy = tried(((RepairOutcome.Repaired) outcome).copy());
        Optional<ArithmeticKind> stillFailing = copy.failing();
        if (stillFailing.isPresent()) {
            return kept(tried, "a corrected copy fails too: " + explain(copy, stillFailing.get()));
        }
        log.info(
                "{} computes {} wrong {} so this starts on {}, a corrected copy that passed every trial (off by"
                        + " deformux.library-repair=off)",
                original.describe(),
                failing.get().label(),
                where(),
                copy.library().describe());
        return choice(copy, true, Optional.empty());
    }

    /** What nobody has seen computes in a child process first: a fault may end its process. */
    private boolean suspect() {
        return machine.cachesHidden()
                || original.chosenByUser() && original.core().isPresent();
    }

    private String where() {
        return machine.cachesHidden() ? "on this machine, which hides the sizes of its caches," : "on this machine";
    }

    private TriedLibrary tried(Libtorch library) {
        Optional<Verdicts> remembered =
                identity(library).map(identity -> new Verdicts(settings.cacheFolder(), machine.identity(), identity));
        return new TriedLibrary(library, remembered, trial);
    }

    private Optional<String> identity(Libtorch library) {
        try {
            return library.core().isPresent()
                    ? Optional.of("libtorch " + library.version() + ", SHA-256 "
                            + digests.of(library.core().get()))
                    : Optional.empty();
        } catch (IOException e) {
            log.debug("{} cannot be read", library.describe(), e);
            return Optional.empty();
        }
    }

    private LibraryChoice kept(TriedLibrary tried, String why) {
        LibraryChoice choice = choice(tried, false, Optional.of(why));
        log.warn(
                "{} computes wrong {} and is not repaired: {}. Not used: {}",
                original.describe(),
                where(),
                why,
                choice.verdicts().keySet().stream()
                        .filter(kind -> !choice.trusts(kind))
                        .sorted()
                        .map(kind -> explain(tried, kind))
                        .collect(Collectors.joining("; ")));
        return choice;
    }

    private static String explain(TriedLibrary tried, ArithmeticKind kind) {
        return kind.label() + " (" + tried.verdict(kind).detail() + ")";
    }

    private LibraryChoice untried() {
        Map<ArithmeticKind, Verdict> verdicts = new EnumMap<>(ArithmeticKind.class);
        Verdict notTried = Verdict.notTried("not tried: nothing speaks against it on this machine");
        for (ArithmeticKind kind : ArithmeticKind.values()) {
            verdicts.put(kind, notTried);
        }
        return choice(original, verdicts, false, Optional.empty());
    }

    private LibraryChoice choice(TriedLibrary tried, boolean repaired, Optional<String> notRepaired) {
        return choice(tried.library(), tried.verdicts(), repaired, notRepaired);
    }

    private LibraryChoice choice(
            Libtorch library, Map<ArithmeticKind, Verdict> verdicts, boolean repaired, Optional<String> notRepaired) {
        return new LibraryChoice(
                library.describe(), repaired, verdicts, notRepaired, settings.forced(), library.startProperties());
    }
}
