package io.deformux.worker.infer.outputs;

import io.deformux.nifti.LabelTable.Label;
import java.util.List;
import java.util.Locale;

/** A label description file of ITK-SNAP: value, red, green, blue, opacity, whether seen, whether meshed, and the name. */
final class ItkSnapLabels implements LabelList {
    @Override
    public String text(List<Label> labels) {
        StringBuilder text = new StringBuilder("# ITK-SnAP Label Description File\n")
                .append("# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL\n")
                .append("    0     0    0    0        0  0  0    \"Clear Label\"\n");
        labels.forEach(label -> text.append(String.format(
                Locale.ROOT,
                "%5d %5d %4d %4d        1  1  1    \"%s\"\n",
                label.value(),
                LabelList.part(label, 0),
                LabelList.part(label, 1),
                LabelList.part(label, 2),
                label.name().replaceAll("[\"\\p{Cntrl}]", " "))));
        return text.toString();
    }
}
