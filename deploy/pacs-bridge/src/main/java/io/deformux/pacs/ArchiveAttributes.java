package io.deformux.pacs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.routing.AttributeNames;
import io.deformux.routing.AttributePath;
import io.deformux.routing.SeriesAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    private static void collect(JsonNode dataSet, List<Integer> tags, List<String> found) {
        int tag = tags.get(0);
        JsonNode value = dataSet.path(String.format("%04x,%04x", tag >>> 16, tag & 0xffff))
                .path("Value");
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
        String bounded = value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
        return Stream.of(bounded.split("\\\\", -1)).map(String::strip).filter(one -> !one.isEmpty());
    }
}
