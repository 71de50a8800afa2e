package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of the contract has a title, which generators of clients take for its name. */
class TitlesTest {
    static List<String> files() {
        Stream<String> events = EventCodec.types().stream().map(EventSchemas::file);
        return Stream.concat(events, Stream.of("types.v1.json", "measurements.v1.json", "labels.v1.json", "scores.v1.json"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyTypeOfASchemaHasATitle(String file) {
        assertThat(types(Contract.file(file))).isNotEmpty().allSatisfy(TitlesTest::hasATitle);
    }

    @Test
    void everyTypeOfTheAsyncApiHasATitle() {
        assertThat(types(Contract.asyncApi().get("components"))).isNotEmpty().allSatisfy(TitlesTest::hasATitle);
    }

    @Test
    void oneTitleHasTheSameFieldsEverywhere() {
        Map<String, List<String>> fields = new HashMap<>();
        for (String file : files()) {
            for (JsonNode type : types(Contract.file(file))) {
                // The versions of an event have the title of its record, and differ.
                if (type.has("properties") && !type.has("$id")) {
                    List<String> names = new ArrayList<>();
                    type.get("properties").fieldNames().forEachRemaining(names::add);
                    String title = type.get("title").asText();
                    assertThat(fields.computeIfAbsent(title, key -> names))
                            .as(title)
                            .isEqualTo(names);
                }
            }
        }
    }

    private static void hasATitle(JsonNode type) {
        assertThat(type.path("title").asText()).as(type.toString()).matches("[A-Z][A-Za-z0-9]+");
    }

    /** The objects and enumerations among the schemas in a tree, itself among them. */
    private static List<JsonNode> types(JsonNode node) {
        List<JsonNode> types = new ArrayList<>();
        if (node.path("type").asText().equals("object") || node.has("enum")) {
            types.add(node);
        }
        node.forEach(below -> types.addAll(types(below)));
        return types;
    }
}
