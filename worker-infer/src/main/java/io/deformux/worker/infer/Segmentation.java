package io.deformux.worker.infer;

import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.probability.Certainty;

/**
 * What was found in a scan. It owns what the certainty does; close it.
 *
 * @param labels on the scan's own grid
 * @param certainty how sure that is
 */
record Segmentation(LabelMap labels, Certainty certainty) implements AutoCloseable {
    @Override
    public void close() {
        certainty.close();
    }
}
