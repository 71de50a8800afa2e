package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConvolutionTrialTest {
    private static final Libtorch NONE = new Libtorch("", "", List.of(), Optional.empty(), false);
    private static final LibrarySettings NO_SETTINGS = new LibrarySettings(name -> null, name -> null);

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aChildThatDiesOfASignalHasFailed() {
        assertThat(verdictOf(Dying.class))
                .isEqualTo(Verdict.failed("the process that tried it died of signal SIGSEGV"));
        assertThat(verdictOf(Aborted.class)).isEqualTo(Verdict.failed("the process that tried it died of signal 6"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aChildThatIsKilledSaysNothingOfTheArithmetic() {
        assertUnknown(verdictOf(Killed.class), "the process that tried it died of signal 9");
    }

    @Test
    void aChildThatHangsIsEnded() {
        assertUnknown(
                new ConvolutionTrial(Hanging.class.getName(), Duration.ofSeconds(1), folder)
                        .of(NONE, ArithmeticKind.FP32_FORWARD),
                "no answer within 1 s");
    }

    @Test
    void aChildThatAnswersNonsenseSaysNothing() {
        assertUnknown(verdictOf(Nonsense.class), "the process that tried it gave no verdict");
    }

    @Test
    void aChildThatGivesUpSaysNothing() {
        assertUnknown(verdictOf(GivingUp.class), "the process that tried it ended with exit code 3");
    }

    @Test
    void aChildThatDoesNotStartSaysNothing() {
        assertUnknown(
                new ConvolutionTrial("no.such.Main", Duration.ofMinutes(1), folder)
                        .of(NONE, ArithmeticKind.FP32_FORWARD),
                "the process that tried it ended with exit code 1");
    }

    @Test
    void theVerdictIsTheLastLine() {
        Verdict verdict = verdictOf(Chatting.class);
        assertThat(verdict).isEqualTo(Verdict.failed("BF16_FORWARD was asked for"));
    }

    @Test
    void theLibraryIsTriedThatIsAskedForWhateverThisJvmRunsOn() {
        Optional<String> before = Optional.ofNullable(System.getProperty("PYTORCH_LIBRARY_PATH"));
        System.setProperty("PYTORCH_LIBRARY_PATH", "/elsewhere");
        try {
            assertThat(verdictOf(SayingItsLibrary.class)).isEqualTo(Verdict.failed("on null"));
        } finally {
            before.ifPresentOrElse(
                    path -> System.setProperty("PYTORCH_LIBRARY_PATH", path),
                    () -> System.clearProperty("PYTORCH_LIBRARY_PATH"));
        }
    }

    @Test
    void aLibraryThatDoesNotLoadIsAVerdict() throws IOException {
        for (String name : new String[] {"torch", "torch_cpu"}) {
            Files.writeString(folder.resolve(System.mapLibraryName(name)), "no library");
        }
        Verdict verdict = new ConvolutionTrial()
                .of(Libtorch.inFolder(folder, "2.7.1", "cpu", false), ArithmeticKind.FP32_FORWARD);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.conclusive()).isFalse();
        assertThat(verdict.detail()).startsWith("PyTorch cannot be tried");
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        verdictOf(Dying.class);
        verdictOf(Killed.class);
        assertThat(folder).isEmptyDirectory();
        assertThat(Path.of("").toAbsolutePath()).isDirectoryNotContaining("glob:hs_err*");
    }

    @Test
    void withoutOneDnnEveryMachineComputesRight() {
        Verdict verdict = new ConvolutionTrial().of(Libtorch.find(NO_SETTINGS), ArithmeticKind.FP32_WITHOUT_ONEDNN);
        assertThat(verdict.passed()).as(verdict.detail()).isTrue();
        assertThat(verdict.worst().orElseThrow()).isBetween(1e-9, 1e-5);
        assertThat(verdict.detail()).matches("0 of \\d{3} convolutions wrong");
    }

    @Test
    void aMachineThatHidesItsCachesIsRightOnTheCorrectedCopyOnly() {
        assumeTrue(Machine.ofThisJvm().cachesHidden(), "this machine does not hide its caches");
        Libtorch original = Libtorch.find(NO_SETTINGS);
        RepairOutcome outcome = new LibraryRepair(folder, KnownFault.ALL, new FileDigests(folder)).of(original);
        assertThat(outcome).isInstanceOf(RepairOutcome.Repaired.class);
        Libtorch copy = ((RepairOutcome.Repaired) outcome).copy();
        ConvolutionTrial trial = new ConvolutionTrial();
        // Of the wrong kinds the one that is wrong every time.
        assertThat(trial.of(original, ArithmeticKind.BF16_FORWARD).passed()).isFalse();
        for (ArithmeticKind kind : ArithmeticKind.values()) {
            Verdict verdict = trial.of(copy, kind);
            assertThat(verdict.passed()).as(kind + ": " + verdict.detail()).isTrue();
            assertThat(verdict.worst().orElseThrow()).isBetween(1e-9, kind.tolerance());
        }
    }

    @Test
    void aMachineThatShowsItsCachesIsRightAsItIs() {
        assumeTrue(!Machine.ofThisJvm().cachesHidden(), "this machine hides its caches");
        Verdict verdict = new ConvolutionTrial().of(Libtorch.find(NO_SETTINGS), ArithmeticKind.FP32_FORWARD);
        assertThat(verdict.passed()).as(verdict.detail()).isTrue();
    }

    private Verdict verdictOf(Class<?> main) {
        return new ConvolutionTrial(main.getName(), Duration.ofMinutes(2), folder)
                .of(NONE, ArithmeticKind.BF16_FORWARD);
    }

    private static void assertUnknown(Verdict verdict, String detail) {
        assertThat(verdict).isEqualTo(Verdict.unknown(detail));
    }

    private static void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + ProcessHandle.current().pid())
                .inheritIO()
                .start();
        Thread.currentThread().join();
    }

    /** Dies as faulty native code does. */
    public static final class Dying {
        /** No arguments. */
        public static void main(String[] arguments) throws Exception {
            signal("SEGV");
        }
    }

    /** Dies as a damaged heap has it. */
    public static final class Aborted {
        /** No arguments. */
        public static void main(String[] arguments) throws Exception {
            signal("ABRT");
        }
    }

    /** Is ended from outside. */
    public static final class Killed {
        /** No arguments. */
        public static void main(String[] arguments) throws Exception {
            signal("KILL");
        }
    }

    /** Never ends by itself. */
    public static final class Hanging {
        /** No arguments. */
        public static void main(String[] arguments) throws Exception {
            Thread.currentThread().join();
        }
    }

    /** Prints what is no verdict. */
    public static final class Nonsense {
        /** No arguments. */
        public static void main(String[] arguments) {
            System.out.println("{\"passed\": true}");
        }
    }

    /** Ends with a code of its own, whatever it printed. */
    public static final class GivingUp {
        /** No arguments. */
        public static void main(String[] arguments) {
            System.out.println(new Verdict(true, OptionalDouble.empty(), "", true).toJson());
            System.exit(3);
        }
    }

    /** Says which library it is told to start on. */
    public static final class SayingItsLibrary {
        /** No arguments. */
        public static void main(String[] arguments) {
            System.out.println(Verdict.failed("on " + System.getProperty("PYTORCH_LIBRARY_PATH"))
                    .toJson());
        }
    }

    /** Prints more than its verdict. */
    public static final class Chatting {
        /** A kind. */
        public static void main(String[] arguments) {
            System.out.println("something else");
            System.out.println(Verdict.failed(arguments[0] + " was asked for").toJson());
        }
    }
}
