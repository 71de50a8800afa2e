package io.deformux.network.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A JVM that was not given the vector module. */
class WithoutVectorsTest {

    /** What that JVM runs: the name of the kernels, then a convolution. */
    static final class Program {
        public static void main(String[] arguments) {
            Kernels kernels = Kernels.best();
            MapView result = Maps.blank(true, 2, 2, 2, 3);
            new DeformablePass(kernels, new float[3 * 27], new float[] {1, 2, 3})
                    .apply(Maps.blank(true, 2, 2, 2, 3), Maps.blank(true, 2, 2, 2, 81), result);
            System.out.print(kernels.name() + " " + Maps.planar(result)[23]);
        }
    }

    @Test
    void runsThePlainKernels() throws IOException, InterruptedException {
        Process process = JavaCommand.of(Program.class)
                .builder()
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("plain 3.0");
    }
}
