package io.deformux.worker.infer.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapFileTest {
    @Test
    void valuesComeBackAs65535ths(@TempDir Path folder) {
        Random random = new Random(2);
        float[] values = new float[7 * 30];
        for (int n = 0; n < values.length; n++) {
            values[n] = n == 0 ? 1 : n == 1 ? 0 : n == 2 ? 1.0000002f : random.nextFloat();
        }
        for (long atOnce : new long[] {1, 130, 1 << 30}) {
            try (MapFile file = new MapFile(folder.resolve("map"), 30, atOnce)) {
                for (int plane = 0; plane < 7; plane++) {
                    file.append(values, plane * 30);
                }
                file.complete();
                for (int n = 0; n < values.length; n++) {
                    assertThat(file.at(n / 30, n % 30)).isCloseTo(Math.min(1, values[n]), within(0.5f / 65535 + 1e-7f));
                }
                assertThat(file.at(0, 0)).isEqualTo(1);
                assertThat(file.at(0, 1)).isZero();
            }
        }
    }

    @Test
    void whatIsClosedTakesNoDisk(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("map");
        try (MapFile file = new MapFile(path, 30)) {
            file.append(new float[30], 0);
            file.complete();
            assertThat(file.at(0, 7)).isZero();
            assertThat(path).hasSize(60);
        }

        assertThat(path).hasSize(0);
    }
}
