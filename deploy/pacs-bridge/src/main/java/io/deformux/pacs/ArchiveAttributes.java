package io.deformux.pacs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.routing.AttributeNames;
import io.deformux.routing.AttributePath;
import io.deformux.routing.SeriesAttributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Attributes as Orthanc tells them: those of one instance, by number, and where that lacks one, the main tags of series and
 * study, by keyword. Immutable.
 */
final class ArchiveAttributes implements SeriesAttributes {
    private final JsonNode instance;
    private final List<JsonNode> mainTags;

    /**
     * Attributes of a series.
     *
     * @param instance what Orthanc calls the tags of an instance; missing if there is none
     * @param mainTags of the series and its study
     */
    ArchiveAttributes(JsonNode instance, List<JsonNode> mainTags) {
        this.instance = instance;
        this.mainTags = List.copyOf(mainTags);
    }

    @Override
    public List<String> values(AttributePath path) {
        List<String> found = new ArrayList<>();
        collect(instance, path.tags(), found);
        return found.isEmpty() && path.tags().size() == 1
                ? mainValues(path.tags().get(0))
                : found;
    }

    @Override
    public boolean has(AttributePath path) {
        return has(instance, path.tags())
                || path.tags().size() == 1 && !mainValues(path.tags().get(0)).isEmpty();
    }

    /** Of bytes and of long texts Orthanc tells no more than that they are there. */
    private static boolean has(JsonNode dataSet, List<Integer> tags) {
        JsonNode element = element(dataSet, tags.get(0));
        JsonNode value = element.path("Value");
        if (tags.size() > 1) {
            return StreamSupport.stream(value.spliterator(), false)
                    .anyMatch(item -> has(item, tags.subList(1, tags.size())));
        }
        return switch (element.path("Type").asText()) {
            case "Sequence" -> !value.isEmpty();
            case "TooLong", "Null" -> true;
            default -> split(value.asText()).findAny().isPresent();
        };
    }

    private static JsonNode element(JsonNode dataSet, int tag) {
        return dataSet.path(String.format("%04x,%04x", tag >>> 16, tag & 0xffff));
    }

    private static void collect(JsonNode dataSet, List<Integer> tags, List<String> found) {
        JsonNode value = element(dataSet, tags.get(0)).path("Value");
        if (tags.size() > 1) {
            value.forEach(item -> collect(item, tags.subList(1, tags.size()), found));
        } else if (value.isTextual()) {
            split(value.asText()).forEach(found::add);
        }
    }

    private List<String> mainValues(int tag) {
        return AttributeNames.standard().keyword(tag).stream()
                .flatMap(keyword -> mainTags.stream().map(tags -> tags.path(keyword)))
                .filter(JsonNode::isTextual)
                .flatMap(value -> split(value.asText()))
                .toList();
    }

    private static Stream<String> split(String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Stream.empty();
        }
        return Stream.of(value.split("\\\\", -1)).map(String::strip).filter(one -> !one.isEmpty());
    }
}
