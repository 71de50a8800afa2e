package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a scrape: a reader of Prometheus' text format 0.0.4 that takes nothing else.
 *
 * @param name of the series
 * @param labels by name
 * @param value a number, NaN or infinite
 */
record ScrapedSeries(String name, Map<String, String> labels, double value) {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (NaN|[+-]Inf|-?[0-9.]+(?:[eE][+-]?[0-9]+)?)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+");

    static List<ScrapedSeries> parse(String text) {
        assertThat(text).endsWith("\n");
        List<ScrapedSeries> all = new ArrayList<>();
        text.lines().forEach(line -> {
            if (line.startsWith("#")) {
                assertThat(line).matches(COMMENT);
            } else {
                all.add(series(line));
            }
        });
        return all;
    }

    private static ScrapedSeries series(String line) {
        Matcher parts = LINE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        Map<String, String> labels = new LinkedHashMap<>();
        String text = parts.group(2) == null ? "" : parts.group(2);
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            assertThat(label.start()).as(line).isEqualTo(end);
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        assertThat(end).as(line).isEqualTo(text.length());
        String value = parts.group(3).replace("Inf", "Infinity");
        return new ScrapedSeries(parts.group(1), labels, Double.parseDouble(value));
    }
}
