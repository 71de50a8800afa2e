package io.deformux.worker.infer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.worker.infer.outputs.OutputRole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultSettingsTest {
    /** Of several places that are wrong the first is told, and that is to be the same one on each worker. */
    @Test
    void rolesAreWalkedInOneOrder() {
        List<OutputRole> backwards = new ArrayList<>(List.of(OutputRole.values()));
        Collections.reverse(backwards);

        assertThat(new ResultSettings(Map.of(), "", new LinkedHashSet<>(backwards)).roles())
                .containsExactly(OutputRole.values());
    }
}
