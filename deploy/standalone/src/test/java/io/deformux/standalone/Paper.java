package io.deformux.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page in Markdown.
 *
 * @param file where it is
 * @param prose what is outside of fences
 * @param spans what stands in backticks within the prose, each on one line
 * @param shellLines the lines of its {@code sh} fences
 */
public record Paper(Path file, String prose, List<String> spans, List<String> shellLines) {
    private static final String FENCE = "```";
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    /** Reads a page. */
    public static Paper read(Path file) throws IOException {
        StringBuilder prose = new StringBuilder();
        List<String> shellLines = new ArrayList<>();
        String fence = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(FENCE)) {
                fence = fence.isEmpty() ? line : "";
            } else if (fence.isEmpty()) {
                prose.append(line).append('\n');
            } else if (fence.equals(FENCE + "sh")) {
                shellLines.add(line);
            }
        }
        List<String> spans = SPAN.matcher(prose)
                .results()
                .map(span -> span.group(1).replaceAll("\\s+", " "))
                .toList();
        return new Paper(file, prose.toString(), spans, shellLines);
    }

    /** Where its links lead, as written. */
    public List<String> links() {
        return LINK.matcher(SPAN.matcher(prose).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** The names that links can give its headings: lower case, no punctuation, hyphens for blanks. */
    Set<String> anchors() {
        return HEADING.matcher(prose).results().map(Paper::anchor).collect(Collectors.toSet());
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
