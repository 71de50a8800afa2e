package io.deformux.worker.infer.result;

import io.deformux.dicom.seg.SegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What decides the outputs of a job besides its input and its model, by name. Not in it is what only decides how fast they
 * come, or whether: threads, limits, device. Neither is what a machine makes of {@code --precision auto}: a job that comes
 * to another machine is the same job.
 *
 * @param values all of it
 * @param labels a text of what decides the labels alone
 */
public record ResultSettings(Map<String, String> values, String labels) {

    public static ResultSettings of(ScanArrived job, SegmentationSettings settings, ComputeSettings compute) {
        InputReference input = job.input();
        Map<String, String> values = new TreeMap<>();
        values.put("software", settings.softwareVersion());
        values.put("precision", compute.precision().name().toLowerCase(Locale.ROOT));
        values.put("flips", Boolean.toString(compute.flips()));
        values.put("skipEmptyWindows", Boolean.toString(compute.skipEmptyWindows()));
        put(values, "", input, settings);
        job.otherChannels()
                .orElse(List.of())
                .forEach(channel -> put(values, "channel " + channel.name() + " ", channel.input(), settings));
        String labels = values.toString();
        values.put(
                "outputs",
                settings.outputs().stream().map(OutputRole::wireName).sorted().collect(Collectors.joining(" ")));
        values.put("dicomSegKind", segKind(job, settings).name().toLowerCase(Locale.ROOT));
        values.put("dicomOutput", job.dicomOutput().map(URI::toString).orElse(""));
        return new ResultSettings(Map.copyOf(values), labels);
    }

    private static void put(
            Map<String, String> values, String prefix, InputReference input, SegmentationSettings settings) {
        values.put(prefix + "kind", input.kind().name().toLowerCase(Locale.ROOT));
        input.seriesInstanceUid().ifPresent(uid -> values.put(prefix + "seriesInstanceUid", uid));
        input.acquisitionNumber().ifPresent(number -> values.put(prefix + "acquisitionNumber", number.toString()));
        values.put(
                prefix + "unevenSlices",
                input.unevenSlices()
                        .map(Enum::name)
                        .orElse(settings.unevenSlices().name())
                        .toLowerCase(Locale.ROOT));
    }

    /** As the job says, else as the worker does. */
    public static SegKind segKind(ScanArrived job, SegmentationSettings settings) {
        return job.dicomSegKind().map(kind -> SegKind.valueOf(kind.name())).orElse(settings.segKind());
    }
}
