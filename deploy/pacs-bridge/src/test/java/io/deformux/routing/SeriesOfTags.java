package io.deformux.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Series that have these attributes, by keyword or path; values are parted by backslashes. */
final class SeriesOfTags {
    private SeriesOfTags() {}

    static RoutedSeries with(Map<String, String> tags) {
        return with("1.2.3", tags, "a");
    }

    /** A series of this UID and of these instances, of one study with all others. */
    static RoutedSeries with(String uid, Map<String, String> tags, String... instances) {
        Map<AttributePath, String> byPath = new HashMap<>();
        tags.forEach((path, value) -> byPath.put(AttributePath.parse(path), value));
        SeriesAttributes attributes =
                path -> Stream.of(byPath.getOrDefault(path, "").split("\\\\"))
                        .filter(value -> !value.isEmpty())
                        .toList();
        return new RoutedSeries("1.2", uid, attributes, List.of(instances));
    }

    static SeriesAttributes none() {
        return path -> List.of();
    }
}
