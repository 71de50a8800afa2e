package io.deformux.worker.infer.scan;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.transform.Preset;
import java.util.Optional;

/** Whether the values of a scan mean what a model scales them by. */
final class ModalityCheck {
    private ModalityCheck() {}

    /** What is doubtful: a window in HU that meets a scan that has none; empty too where the scan does not say its modality. */
    static Optional<Warning> doubt(Scan scan, Preset preset) {
        return scan.source()
                .map(series -> series.info().modality())
                .filter(modality -> !preset.suits(modality))
                .map(modality -> new Warning(
                        WarningCode.MODALITY_UNEXPECTED,
                        "the scan is " + modality
                                + ", and the model scales intensities by a window in HU: read its result with care, or use a"
                                + " model with --intensity z-score or percentiles"));
    }
}
