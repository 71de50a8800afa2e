package io.deformux.standalone.check;

import static io.deformux.standalone.check.Findings.named;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArithmeticCheckTest {
    private static final PrecisionProof FP32 = new PrecisionProof("fp32", true, 2.13e-7, "12 convolutions");
    private static final PrecisionProof BF16_LIES = new PrecisionProof("bf16", false, 0.5, "1 channel of 96");

    @Test
    void namesLibraryDevicesDriverAndPrecisions() {
        List<Finding> findings = look(arithmetic(false, FP32));

        assertThat(named("libtorch", findings).value()).isEqualTo("2.7.1, in /lib/torch");
        assertThat(named("device cuda:0", findings).value()).isEqualTo("compute capability 9.0");
        assertThat(named("driver", findings).value()).isEqualTo("550.54");
        assertThat(named("precision fp32", findings).value())
                .isEqualTo("holds, worst relative error 2.1e-07; 12 convolutions");
        assertThat(findings).extracting(Finding::verdict).containsOnly(Severity.OK);
    }

    @Test
    void whatALibraryComputesWrongIsToldWithItsWorstErrorAndKeepsNoJobFromRunning() {
        Finding trial = named("PyTorch's bf16", look(arithmetic(false, FP32)));

        assertThat(trial.value()).isEqualTo("wrong, worst relative error 9.0e-01; 72 of 176 convolutions wrong");
        assertThat(trial.verdict()).isEqualTo(Severity.OK);
    }

    @Test
    void aRepairedLibraryIsSaid() {
        assertThat(named("libtorch", look(arithmetic(true, FP32))).value()).contains("a corrected copy");
    }

    @Test
    void aPrecisionThatLiesIsAWarningAsLongAsAnotherHolds() {
        Finding finding = named("precision bf16", look(arithmetic(false, FP32, BF16_LIES)));

        assertThat(finding.verdict()).isEqualTo(Severity.WARN);
        assertThat(finding.value()).contains("does not hold", "5.0e-01", "1 channel of 96");
    }

    @Test
    void withoutAPrecisionThatHoldsNoJobCanRun() {
        assertThat(named("precision bf16", look(arithmetic(false, BF16_LIES))).verdict())
                .isEqualTo(Severity.FAIL);
    }

    @Test
    void whatWasNotProvenIsNotCalledGood() {
        assertThat(named("precisions", look(arithmetic(false))).verdict()).isEqualTo(Severity.WARN);
    }

    @Test
    void aLibraryThatDoesNotLoadIsOneFailure() {
        for (Throwable thrown : List.of(
                new EngineException("Failed to load", new UnsatisfiedLinkError("libc10.so: no exec")),
                new UnsatisfiedLinkError("libc10.so: no exec"))) {
            List<Finding> findings = new ArithmeticCheck(() -> throwing(thrown)).look();

            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).verdict()).isEqualTo(Severity.FAIL);
            assertThat(findings.get(0).value()).contains("libc10.so: no exec");
        }
    }

    @Test
    void theProbeNamesTheLibraryThatRunsAndTheProcessor() {
        ArithmeticSurvey here = new TorchProbe().probe();

        assertThat(here.libtorch()).startsWith("2.");
        assertThat(here.library()).isDirectory();
        assertThat(here.devices()).extracting(ComputeDevice::name).first().isEqualTo("cpu");
        assertThat(here.proofs()).isEmpty();
    }

    @Test
    void theDriverIsReadFromItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("version"),
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5\nGCC version:  gcc 12\n");

        assertThat(new TorchProbe(file).driver()).contains("NVIDIA UNIX x86_64 Kernel Module 550.54.15 Tue Mar 5");
        assertThat(new TorchProbe(folder.resolve("none")).driver()).isEmpty();
    }

    private static List<Finding> look(ArithmeticSurvey arithmetic) {
        return new ArithmeticCheck(() -> arithmetic).look();
    }

    private static ArithmeticSurvey arithmetic(boolean repaired, PrecisionProof... proofs) {
        return new ArithmeticSurvey(
                "2.7.1",
                Path.of("/lib/torch"),
                repaired,
                Optional.empty(),
                List.of(new ComputeDevice("cpu", "8 cores"), new ComputeDevice("cuda:0", "compute capability 9.0")),
                Optional.of("550.54"),
                List.of(proofs),
                List.of(new PrecisionProof("PyTorch's bf16", false, 0.9, "72 of 176 convolutions wrong")));
    }

    private static ArithmeticSurvey throwing(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
