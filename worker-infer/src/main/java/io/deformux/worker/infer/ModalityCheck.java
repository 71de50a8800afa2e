package io.deformux.worker.infer;

import io.deformux.transform.Preset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the values of a scan mean what a model scales them by. */
final class ModalityCheck {
    /** Stable, for who searches logs. */
    static final String CODE = "MODALITY_UNEXPECTED";

    private static final Logger LOG = LoggerFactory.getLogger(ModalityCheck.class);

    private ModalityCheck() {}

    /** Says it in the log where a window in HU meets a scan that has none. */
    static void log(Scan scan, Preset preset) {
        doubt(scan, preset).ifPresent(doubt -> LOG.warn("{}: {}", CODE, doubt));
    }

    /** What is doubtful, for people; empty where nothing is, or where the scan does not say its modality. */
    static Optional<String> doubt(Scan scan, Preset preset) {
        return scan.source()
                .map(series -> series.info().modality())
                .filter(modality -> !preset.suits(modality))
                .map(modality -> "the scan is " + modality
                        + ", and the model scales intensities by a window in HU: read its result with care, or use a model"
                        + " with --intensity z-score or percentiles");
    }
}
