package io.deformux.network.library;

import static io.deformux.network.library.ArithmeticKind.BF16_FORWARD;
import static io.deformux.network.library.ArithmeticKind.FP32_FORWARD;
import static io.deformux.network.library.ArithmeticKind.FP32_GRADIENTS;
import static io.deformux.network.library.ArithmeticKind.FP32_WITHOUT_ONEDNN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLibraryTest {
    private static final Set<ArithmeticKind> NOTHING = EnumSet.noneOf(ArithmeticKind.class);

    @TempDir
    private Path folder;

    private final Map<String, String> properties = new HashMap<>();
    /** What was tried, as "original BF16_FORWARD" or "copy BF16_FORWARD". */
    private final List<String> tries = new ArrayList<>();

    private Path cache;
    private Libtorch original;
    private Libtorch copy;
    private Set<ArithmeticKind> wrongInOriginal = EnumSet.of(BF16_FORWARD, FP32_GRADIENTS, FP32_FORWARD);
    private Set<ArithmeticKind> wrongInCopy = NOTHING;
    private RepairOutcome outcome;
    private boolean conclusive = true;

    @BeforeEach
    void describe() throws IOException {
        cache = folder.resolve("cache");
        properties.put("deformux.cache", cache.toString());
        original = FakeLibtorch.in(folder.resolve("original")).library();
        Path copied = Files.createDirectories(folder.resolve("copied"));
        Files.writeString(copied.resolve(Libtorch.coreName()), "corrected");
        copy = Libtorch.inFolder(copied, "2.0.0", "cpu", false);
        outcome = new RepairOutcome.Repaired(copy);
    }

    @Test
    void aMachineThatShowsItsCachesTriesNothingAndTrustsEverything() throws IOException {
        Files.createDirectories(folder.resolve("caches/index0"));
        LibraryChoice choice = choose();
        assertThat(tries).isEmpty();
        assertThat(ArithmeticKind.values()).allMatch(choice::trusts);
        assertThat(choice.repaired()).isFalse();
        assertThat(choice.notRepaired()).isEmpty();
        assertThat(choice.startProperties()).isEmpty();
        assertThat(choice.withoutOneDnn()).isFalse();
        assertThat(choice.library()).isEqualTo("libtorch 2.0.0");
    }

    @Test
    void aLibraryThatASettingNamesIsTriedOnEveryMachine() throws IOException {
        Files.createDirectories(folder.resolve("caches/index0"));
        original = new Libtorch("2.0.0", "cpu", original.files(), Optional.of(folder.resolve("original")), true);
        LibraryChoice choice = choose();
        assertThat(tries).contains("original BF16_FORWARD").noneMatch(tried -> tried.startsWith("copy"));
        assertThat(choice.trusts(BF16_FORWARD)).isFalse();
        assertThat(choice.repaired()).isFalse();
    }

    @Test
    void aLibraryThatPassesIsLeftAsItIs() {
        wrongInOriginal = NOTHING;
        LibraryChoice choice = choose();
        assertThat(tries).containsExactly("original BF16_FORWARD", "original FP32_GRADIENTS", "original FP32_FORWARD");
        assertThat(choice.repaired()).isFalse();
        assertThat(choice.notRepaired()).isEmpty();
        assertThat(choice.withoutOneDnn()).isFalse();
    }

    @Test
    void aLibraryThatFailsIsReplacedByACopyThatPasses() {
        LibraryChoice choice = choose();
        assertThat(tries)
                .as("one failure is enough")
                .containsExactly(
                        "original BF16_FORWARD", "copy BF16_FORWARD", "copy FP32_GRADIENTS", "copy FP32_FORWARD");
        assertThat(choice.repaired()).isTrue();
        assertThat(choice.library())
                .isEqualTo("libtorch 2.0.0 in " + copy.folder().orElseThrow());
        assertThat(choice.startProperties())
                .isEqualTo(Map.of(
                        "PYTORCH_LIBRARY_PATH",
                        copy.folder().orElseThrow().toString(),
                        "PYTORCH_VERSION",
                        "2.0.0",
                        "PYTORCH_FLAVOR",
                        "cpu"));
        assertThat(choice.verdicts()).containsOnlyKeys(BF16_FORWARD, FP32_GRADIENTS, FP32_FORWARD);
        assertThat(choice.withoutOneDnn()).isFalse();
    }

    @Test
    void aCopyThatFailsTooIsNotUsed() {
        wrongInOriginal = EnumSet.of(FP32_GRADIENTS);
        wrongInCopy = EnumSet.of(FP32_FORWARD);
        LibraryChoice choice = choose();
        assertThat(choice.repaired()).isFalse();
        assertThat(choice.startProperties()).isEmpty();
        assertThat(choice.notRepaired()).contains("a corrected copy fails too: fp32 (wrong)");
        assertThat(choice.trusts(FP32_GRADIENTS)).isFalse();
        assertThat(choice.trusts(FP32_FORWARD)).as("the original's verdict").isTrue();
    }

    @Test
    void aRepairThatIsNotPossibleLeavesWhatPasses() {
        wrongInOriginal = EnumSet.of(BF16_FORWARD);
        outcome = new RepairOutcome.NotPossible("the disk is full");
        LibraryChoice choice = choose();
        assertThat(choice.notRepaired()).contains("the disk is full");
        assertThat(choice.trusts(BF16_FORWARD)).isFalse();
        assertThat(choice.trusts(FP32_FORWARD)).isTrue();
        assertThat(choice.withoutOneDnn()).isFalse();
        assertThat(tries).doesNotContain("original FP32_WITHOUT_ONEDNN");
    }

    @Test
    void withoutRightFloatOneDnnIsOffAndWhatIsLeftIsTried() {
        outcome = new RepairOutcome.NotPossible("the disk is full");
        for (ArithmeticKind wrong : List.of(FP32_FORWARD, FP32_GRADIENTS)) {
            wrongInOriginal = EnumSet.of(wrong);
            deleteVerdicts();
            LibraryChoice choice = choose();
            assertThat(choice.withoutOneDnn()).isTrue();
            assertThat(choice.trusts(FP32_WITHOUT_ONEDNN)).isTrue();
        }
    }

    @Test
    void whereNothingIsRightNothingIsTrusted() {
        wrongInOriginal = EnumSet.allOf(ArithmeticKind.class);
        wrongInCopy = EnumSet.allOf(ArithmeticKind.class);
        LibraryChoice choice = choose();
        assertThat(ArithmeticKind.values()).noneMatch(choice::trusts);
    }

    @Test
    void theRepairCanBeSwitchedOff() {
        properties.put("deformux.library-repair", "off");
        LibraryChoice choice = choose();
        assertThat(choice.repaired()).isFalse();
        assertThat(choice.notRepaired()).contains("its repair is switched off");
        assertThat(tries).noneMatch(tried -> tried.startsWith("copy"));
    }

    @Test
    void aLibraryThatAPersonChoseIsTriedButNotReplaced() {
        original = new Libtorch("2.0.0", "cpu", original.files(), Optional.of(folder.resolve("original")), true);
        LibraryChoice choice = choose();
        assertThat(choice.repaired()).isFalse();
        assertThat(choice.notRepaired()).contains("a setting names this library");
        assertThat(choice.trusts(BF16_FORWARD)).isFalse();
        assertThat(choice.startProperties()).isEmpty();
    }

    @Test
    void verdictsAreFoundOutOnce() {
        LibraryChoice first = choose();
        tries.clear();
        assertThat(choose()).isEqualTo(first);
        assertThat(tries).isEmpty();
    }

    @Test
    void aDeletedFolderHasEverythingTriedAgain() {
        choose();
        tries.clear();
        deleteVerdicts();
        choose();
        assertThat(tries).hasSize(4);
    }

    @Test
    void anotherLibraryIsTriedAgain() throws IOException {
        choose();
        tries.clear();
        Files.writeString(copy.folder().orElseThrow().resolve(Libtorch.coreName()), "another one");
        choose();
        assertThat(tries).containsExactly("copy BF16_FORWARD", "copy FP32_GRADIENTS", "copy FP32_FORWARD");
    }

    @Test
    void whatWasNotFoundOutIsTriedAgainNextTime() {
        conclusive = false;
        assertThat(choose().repaired()).isTrue();
        int each = tries.size();
        choose();
        assertThat(tries).hasSize(2 * each);
    }

    @Test
    void aLibraryThatCannotBeNamedIsTriedEachTime() {
        original = new Libtorch("", "", List.of(), Optional.empty(), true);
        choose();
        choose();
        assertThat(tries).filteredOn("original BF16_FORWARD"::equals).hasSize(2);
    }

    @Test
    void aCacheFolderThatCannotBeWrittenOnlyTakesTime() throws IOException {
        Files.writeString(cache, "a file where the folder should be");
        assertThat(choose().repaired()).isTrue();
        assertThat(choose().repaired()).isTrue();
        assertThat(tries).hasSize(8);
    }

    @Test
    void arithmeticCanBeForced() {
        wrongInOriginal = NOTHING;
        properties.put("deformux.arithmetic", "bf16");
        assertThat(choose().forced()).contains(ForcedArithmetic.BF16);
        assertThat(choose().withoutOneDnn()).isFalse();
        properties.put("deformux.arithmetic", "fp32-without-onednn");
        assertThat(choose().withoutOneDnn()).isTrue();
        properties.put("deformux.arithmetic", "fp16");
        assertThatThrownBy(this::choose).isInstanceOf(IllegalArgumentException.class);
    }

    private LibraryChoice choose() {
        LibrarySettings settings = new LibrarySettings(name -> null, properties::get);
        Machine machine = new Machine(folder.resolve("cpuinfo"), folder.resolve("caches"), "Linux/amd64", 2, Map.of());
        return new TorchLibrary(settings, machine, original, library -> outcome, new FileDigests(cache), this::tryIt)
                .choose();
    }

    private Verdict tryIt(Libtorch library, ArithmeticKind kind) {
        boolean ofCopy = library.equals(copy);
        tries.add((ofCopy ? "copy " : "original ") + kind);
        boolean wrong = (ofCopy ? wrongInCopy : wrongInOriginal).contains(kind);
        return new Verdict(!wrong, OptionalDouble.of(0.5), wrong ? "wrong" : "right", conclusive);
    }

    private void deleteVerdicts() {
        Path verdicts = cache.resolve("verdicts");
        if (Files.isDirectory(verdicts)) {
            assertThat(verdicts.toFile().listFiles()).allMatch(File::delete);
        }
    }
}
