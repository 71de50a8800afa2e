package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.schemas.InputReference;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Preset;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.scan.ChannelAlignment;
import io.deformux.worker.infer.scan.Findings;
import io.deformux.worker.infer.scan.Scan;
import io.deformux.worker.infer.scan.ScanReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a scan as they were read, all on the first one's grid.
 *
 * @param scan the first one
 * @param channels all of them, in the model's order
 * @param warnings what is odd about them
 */
record ReadScan(Scan scan, List<Volume> channels, List<Warning> warnings) {

    /** Reads; throws what readers throw, and {@code INPUT_CHANNELS_APART}. */
    static ReadScan of(FetchedScan fetched, ScanInputs inputs, ScanReader reader, Preset preset) {
        Scan first = reader.read(fetched.input().path(), inputs.first());
        List<Volume> channels = new ArrayList<>(List.of(first.volume()));
        List<Warning> warnings = new ArrayList<>(Findings.warnings(first, preset));
        for (Map.Entry<String, InputReference> other : inputs.others().entrySet()) {
            String name = other.getKey();
            Scan scan = reader.read(fetched.others().get(name).path(), other.getValue());
            requireSameStudy(name, first, scan);
            ImageChannel channel = preset.channels().get(channels.size());
            Findings.warnings(scan, preset.withChannels(List.of(channel))).stream()
                    .map(warning -> new Warning(warning.code(), name + ": " + warning.message()))
                    .forEach(warnings::add);
            ChannelAlignment aligned = ChannelAlignment.of(name, first.volume(), scan.volume());
            warnings.addAll(aligned.warnings());
            channels.add(aligned.volume());
        }
        return new ReadScan(first, channels, warnings);
    }

    /** Images of two studies may be of two patients, whatever their places say; what is no DICOM has no study. */
    private static void requireSameStudy(String name, Scan first, Scan other) {
        Optional<String> study = study(first);
        Optional<String> others = study(other);
        if (study.isPresent() && others.isPresent() && !study.equals(others)) {
            throw new JobException(
                    FailureCode.INPUT_CHANNELS_APART,
                    "channel " + name + " is of another study than the first one; name images of one study");
        }
    }

    private static Optional<String> study(Scan scan) {
        return scan.source().map(series -> series.info().studyInstanceUid());
    }
}
