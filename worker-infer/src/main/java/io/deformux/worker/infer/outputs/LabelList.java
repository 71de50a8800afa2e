package io.deformux.worker.infer.outputs;

import io.deformux.nifti.LabelTable.Label;
import java.util.List;

/** How a program writes down the names and colours of labels. */
interface LabelList {
    /** The whole file, background left out of {@code labels}. */
    String text(List<Label> labels);

    /** One part of a colour, 0 to 255: 0 for red, 1 for green, 2 for blue. */
    static int part(Label label, int n) {
        return label.rgb() >> 16 - 8 * n & 0xff;
    }
}
