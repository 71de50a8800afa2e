package io.deformux.standalone.run;

import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.SegmentationCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A result for a person at a terminal; programs get the event.
 *
 * @param result what to tell
 */
public record ResultSummary(SegmentationCompleted result) {

    /** Model and time, what was found in mL, where the files are, and what to read with care. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long millis =
                result.timingsMs().values().stream().mapToLong(Long::longValue).sum();
        lines.add(String.format(
                Locale.ROOT,
                "%s %s, %.1f s",
                result.model().name(),
                result.model().version(),
                millis / 1000.0));
        int widest = result.labels().stream()
                .mapToInt(label -> label.name().length())
                .max()
                .orElse(0);
        for (LabelVolume label : result.labels()) {
            String name = label.name() + " ".repeat(widest - label.name().length());
            lines.add(
                    label.voxels() == 0
                            ? "  " + name + "  not found"
                            : String.format(Locale.ROOT, "  %s %10.1f mL", name, label.volumeMl()));
        }
        for (OutputFile output : result.outputs()) {
            lines.add(output.role()
                    + output.className().map(name -> " " + name).orElse("") + ": "
                    + (output.uri().getPath() == null
                            ? output.uri()
                            : output.uri().getPath()));
        }
        for (ResultWarning warning : result.warnings().orElse(List.of())) {
            lines.add("warning: " + warning.code() + ": " + warning.message());
        }
        return lines;
    }
}
