package io.deformux.standalone.check;

import static io.deformux.standalone.check.Findings.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.bench.MeasuredMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Software, memory and disk. */
class MachineChecksTest {
    private static final long GB = 1_000_000_000;

    @Test
    void softwareNamesVersionsProcessorAndKernels() {
        List<Finding> findings =
                new SoftwareCheck("1.2", new MeasuredMachine("EPYC", 8, "17.0.15+6", "vector (512 bits)")).look();

        assertThat(named("deformux", findings).value()).isEqualTo("1.2");
        assertThat(named("java", findings).value()).startsWith("17.0.15+6, ");
        assertThat(named("processor", findings).value()).isEqualTo("EPYC, 8 cores for the JVM");
        assertThat(findings).extracting(Finding::verdict).containsOnly(Severity.OK);
    }

    @Test
    void plainKernelsAreAWarning() {
        Finding kernels =
                named("kernels", new SoftwareCheck("1.2", new MeasuredMachine("EPYC", 8, "17", "plain")).look());

        assertThat(kernels.verdict()).isEqualTo(Severity.WARN);
        assertThat(kernels.advice()).hasValueSatisfying(text -> assertThat(text).contains("jdk.incubator.vector"));
    }

    @Test
    void enoughMemoryIsFine() {
        List<Finding> findings = look(new Memory(4 * GB, 16 * GB, OptionalLong.of(16 * GB)));

        assertThat(findings).extracting(Finding::verdict).containsOnly(Severity.OK);
        assertThat(named("usable", findings).value()).isEqualTo("16.0 GB");
        assertThat(named("heap", findings).value()).isEqualTo("4.0 GB at most");
    }

    @Test
    void aMachineSoldWithFourGigabytesAndItsDefaultHeapAreEnough() {
        assertThat(look(new Memory(970_000_000, 3_900_000_000L, OptionalLong.empty())))
                .extracting(Finding::verdict)
                .containsOnly(Severity.OK);
    }

    @Test
    void aSmallContainerIsAWarningThatNamesTheMachine() {
        Finding usable = named("usable", look(new Memory(GB, 2 * GB, OptionalLong.of(64 * GB))));

        assertThat(usable.verdict()).isEqualTo(Severity.WARN);
        assertThat(usable.value()).contains("2.0 GB", "container", "64.0 GB");
    }

    @Test
    void aSmallHeapIsAWarning() {
        assertThat(named("heap", look(new Memory(GB / 2, 16 * GB, OptionalLong.empty())))
                        .verdict())
                .isEqualTo(Severity.WARN);
    }

    @Test
    void theMemoryHereIsThatOfThisJvm() {
        Memory here = Memory.here();

        assertThat(here.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(here.usable()).isPositive();
    }

    @Test
    void aScratchFolderIsTriedAndLeftEmpty(@TempDir Path folder) throws IOException {
        Path scratch = folder.resolve("to/be/made");
        List<Finding> findings = new DiskCheck(scratch, Map.of("cache", folder.resolve("not/there"))).look();

        assertThat(scratch).isEmptyDirectory();
        assertThat(folder.resolve("not")).doesNotExist();
        assertThat(named("scratch", findings).value()).contains("free in " + scratch);
        assertThat(named("cache", findings).value()).contains("free in ");
    }

    @Test
    void aScratchFolderThatCannotBeWrittenKeepsJobsFromRunning(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        Finding scratch = named("scratch", new DiskCheck(file.resolve("below"), Map.of()).look());

        assertThat(scratch.verdict()).isEqualTo(Severity.FAIL);
        assertThat(scratch.advice()).hasValueSatisfying(text -> assertThat(text).contains("--scratch"));
    }

    private static List<Finding> look(Memory memory) {
        return new MemoryCheck(memory).look();
    }
}
