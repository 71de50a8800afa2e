package io.deformux.worker.infer.scan;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.failure.Warning;
import io.deformux.schemas.InputSummary;
import io.deformux.schemas.PassedOverFiles;
import io.deformux.schemas.ResultWarning;
import io.deformux.transform.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** What a job found beside its labels, as the result event and the log tell it. */
public final class Findings {
    private static final int NAMED = 20;

    private Findings() {}

    /** What a scan was read with, and what is odd about it for a model of that preset. */
    public static List<Warning> warnings(Scan scan, Preset preset) {
        List<Warning> warnings =
                new ArrayList<>(scan.source().map(DicomSeries::warnings).orElse(List.of()));
        boolean hounsfield = scan.source()
                .map(series -> series.info().modality().equals("CT"))
                .orElse(preset.intensity().inHounsfieldUnits());
        warnings.addAll(Plausibility.of(scan.volume(), hounsfield));
        ModalityCheck.doubt(scan, preset).ifPresent(warnings::add);
        return warnings;
    }

    /** What was passed over, of an input of several files. */
    public static Optional<InputSummary> input(Scan scan) {
        return scan.passedOver().map(entries -> new InputSummary(passedOver(entries)));
    }

    private static List<PassedOverFiles> passedOver(List<PassedOver> entries) {
        Map<PassedOver.Reason, List<PassedOver>> byReason =
                entries.stream().collect(Collectors.groupingBy(PassedOver::reason, TreeMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(entry -> new PassedOverFiles(
                        entry.getKey().wireName(),
                        entry.getValue().size(),
                        entry.getValue().stream()
                                .map(PassedOver::file)
                                .distinct()
                                .limit(NAMED)
                                .toList(),
                        entry.getValue().stream()
                                .flatMap(passed -> passed.sopInstanceUid().stream())
                                .distinct()
                                .limit(NAMED)
                                .toList()))
                .toList();
    }

    /** Warnings as events have them. */
    public static List<ResultWarning> told(List<Warning> warnings) {
        return warnings.stream()
                .map(warning -> new ResultWarning(warning.code().name(), warning.message()))
                .toList();
    }

    /** Writes both to the log, a line each. */
    public static void log(Logger log, Optional<InputSummary> input, List<Warning> warnings) {
        input.ifPresent(summary -> summary.passedOver()
                .forEach(entry -> log.info(
                        "Passed over ({}): {}, in name order files {}", entry.reason(), entry.count(), entry.files())));
        warnings.forEach(warning -> log.warn("{}: {}", warning.code(), warning.message()));
    }
}
