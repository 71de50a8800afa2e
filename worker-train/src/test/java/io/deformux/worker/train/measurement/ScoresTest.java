package io.deformux.worker.train.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.evaluation.StructureScore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoresTest {
    private static final StructureScore FOUND = new StructureScore(0.75, 2.5, 0.5);
    private static final StructureScore MISSED = new StructureScore(0, Double.POSITIVE_INFINITY, 0);
    private static final StructureScore NOTHING = new StructureScore(Double.NaN, Double.NaN, Double.NaN);
    private static final Scores SCORES = new Scores(
            List.of("background", "liver", "spleen"), List.of(List.of(FOUND, MISSED), List.of(NOTHING, FOUND)));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        SCORES.write(folder.resolve("scores.json"));

        assertThat(Scores.read(folder.resolve("scores.json"))).isEqualTo(SCORES);
    }

    @Test
    void theFileHasTheFieldsOfItsSchemaAndNoOther() throws IOException {
        SCORES.write(folder.resolve("scores.json"));
        JsonNode file =
                new ObjectMapper().readTree(folder.resolve("scores.json").toFile());
        JsonNode schema;
        try (InputStream in = Scores.class.getResourceAsStream("/io/deformux/schemas/scores.v1.json")) {
            schema = new ObjectMapper().readTree(in);
        }

        assertThat(names(file)).isEqualTo(names(schema.get("properties")));
        assertThat(names(file.at("/cases/0/0")))
                .isEqualTo(names(schema.at("/properties/cases/items/items/properties")));
        assertThat(file.at("/version")).isEqualTo(schema.at("/properties/version/const"));
        assertThat(names(file.at("/cases/0/1"))).containsExactlyInAnyOrder("dice", "nsd");
        assertThat(file.at("/cases/1/0")).isEmpty();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whatIsNoScoresIsRefused() throws IOException {
        Path file = folder.resolve("scores.json");
        for (String text : List.of(
                "{}", "[]", "", "{\"version\": 2}", "{\"version\": 1, \"labels\": [\"a\"], \"cases\": [[{}]]}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Scores.read(file)).as(text).isInstanceOf(IOException.class);
        }
    }
}
