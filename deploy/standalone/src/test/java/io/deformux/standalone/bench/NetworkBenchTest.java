package io.deformux.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBenchTest {
    private static final Figure FIRST = new Figure("narrow deform-uxnet", "96^3", 400, "ms");
    private static final Figure WORK = new Figure("narrow unetr", "96^3", 13, "GMAC");
    private static final Figure OTHER = new Figure("narrow unetr", "96^3", 600, "ms");

    @Test
    void everyWindowIsComparedWithDeformUxNets() {
        assertThat(NetworkBench.compared(List.of(FIRST, WORK, OTHER), true))
                .containsExactly(
                        new Figure("narrow deform-uxnet", "96^3: time against DeformUX-Net", 1, "x"),
                        new Figure("narrow unetr", "96^3: time against DeformUX-Net", 1.5, "x"));
    }

    @Test
    void withoutDeformUxNetsNumberNothingIsComparedWithIt() {
        assertThat(NetworkBench.compared(List.of(WORK, OTHER), true)).isEmpty();
        assertThat(NetworkBench.compared(List.of(FIRST, OTHER), false)).isEmpty();
    }
}
