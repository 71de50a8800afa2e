package io.deformux.worker.train.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table to read.
 *
 * @param head the columns
 * @param rows as many cells each; the first is to the left, the others to the right
 */
record TextTable(List<String> head, List<List<String>> rows) {

    /** Aligned by blanks. */
    List<String> plain() {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(n -> padded(row.get(n), widths[n], n == 0))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String padded(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - cell.length());
        return left ? cell + blanks : blanks + cell;
    }

    /** As Markdown. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add(IntStream.range(0, head.size())
                .mapToObj(n -> n == 0 ? "---|" : "---:|")
                .collect(Collectors.joining("", "|", "")));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
