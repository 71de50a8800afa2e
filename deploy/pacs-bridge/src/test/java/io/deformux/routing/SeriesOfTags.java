package io.deformux.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Series that have these attributes, by keyword or path; values are parted by backslashes. */
final class SeriesOfTags {
    private SeriesOfTags() {}

    static RoutedSeries with(Map<String, String> tags) {
        Map<AttributePath, String> byPath = new HashMap<>();
        tags.forEach((path, value) -> byPath.put(AttributePath.parse(path), value));
        SeriesAttributes attributes =
                path -> Stream.of(byPath.getOrDefault(path, "").split("\\\\"))
                        .filter(value -> !value.isEmpty())
                        .toList();
        return new RoutedSeries("1.2", "1.2.3", attributes, List.of("a"));
    }

    static SeriesAttributes none() {
        return path -> List.of();
    }
}
