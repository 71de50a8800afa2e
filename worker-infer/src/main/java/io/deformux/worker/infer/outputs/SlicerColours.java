package io.deformux.worker.infer.outputs;

import io.deformux.nifti.LabelTable.Label;
import java.util.List;
import java.util.Locale;

/** A colour table of 3D Slicer: value, name without spaces, red, green, blue and opacity. */
final class SlicerColours implements LabelList {
    @Override
    public String text(List<Label> labels) {
        StringBuilder text = new StringBuilder("# Color table file: value name red green blue opacity\n")
                .append("0 background 0 0 0 0\n");
        labels.forEach(label -> text.append(String.format(
                Locale.ROOT,
                "%d %s %d %d %d 255\n",
                label.value(),
                label.name().replaceAll("[\\s\\p{Cntrl}]+", "_"),
                LabelList.part(label, 0),
                LabelList.part(label, 1),
                LabelList.part(label, 2))));
        return text.toString();
    }
}
