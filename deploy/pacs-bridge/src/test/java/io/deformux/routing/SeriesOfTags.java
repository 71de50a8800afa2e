package io.deformux.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Series that have these attributes, by keyword or path; values are parted by backslashes, and "" is a sequence with items. */
final class SeriesOfTags {
    private SeriesOfTags() {}

    static RoutedSeries with(Map<String, String> tags) {
        return with("1.2.3", tags, "a");
    }

    /** A series of this UID and of these instances, of one study with all others. */
    static RoutedSeries with(String uid, Map<String, String> tags, String... instances) {
        Map<AttributePath, String> byPath = new HashMap<>();
        tags.forEach((path, value) -> byPath.put(AttributePath.parse(path), value));
        return new RoutedSeries("1.2", uid, new ByPath(byPath), List.of(instances));
    }

    private record ByPath(Map<AttributePath, String> tags) implements SeriesAttributes {
        @Override
        public List<String> values(AttributePath path) {
            return Stream.of(tags.getOrDefault(path, "").split("\\\\"))
                    .filter(value -> !value.isEmpty())
                    .toList();
        }

        @Override
        public boolean has(AttributePath path) {
            return tags.containsKey(path);
        }
    }

    static SeriesAttributes none() {
        return new ByPath(Map.of());
    }
}
