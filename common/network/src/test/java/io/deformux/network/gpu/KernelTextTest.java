package io.deformux.network.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of the kernels as NVIDIA's compiler takes it, where that is installed. */
class KernelTextTest {
    private static final String COMPILER = "nvcc";

    @ParameterizedTest
    @CsvSource({"80, 16, 48", "90, 16, 768", "90, 32, 48", "90, 32, 2048"})
    void compilesForGpus(int architecture, int bits, int channels, @TempDir Path folder) throws IOException {
        assumeTrue(HostLauncher.Tool.isThere(COMPILER), "no " + COMPILER);
        Path text = Files.writeString(folder.resolve("kernels.cu"), KernelText.text());
        Path code = folder.resolve("kernels.cubin");
        List<String> command = new ArrayList<>(List.of(COMPILER, "-cubin", "-arch=sm_" + architecture));
        command.addAll(KernelText.macros(bits, channels));
        command.addAll(List.of("-o", code.toString(), text.toString()));
        HostLauncher.Tool.run(command);
        assertThat(code).isNotEmptyFile();
    }
}
