package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.OutputFile;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.StoredObject;
import io.deformux.worker.infer.outputs.JobOutput;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.SegmentedScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Stores the files of one job after the other: all are written to scratch, then brought to their storage, then published
 * together, so that those of two attempts never mix. The DICOM segmentation is published last: what an archive has
 * taken, nobody takes back. Safe to share.
 */
final class OutputPublication {
    private final StorageRouter storage;
    private final List<JobOutput> outputs;

    OutputPublication(StorageRouter storage, List<JobOutput> outputs) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.outputs = List.copyOf(outputs);
    }

    /** What is written and where it lies meanwhile. */
    private record Written(OutputRole role, Path file) {}

    /** Stores; gives the outputs in the order of their making. */
    List<OutputFile> store(SegmentedScan result, ResultPlace place, Scratch scratch, JobWatch watch) {
        List<Written> written = write(result, scratch, watch);
        Attempt attempt = new Attempt(scratch, ResultPlace.shortened(content(written)));
        Map<OutputRole, StagedOutput> staged = new EnumMap<>(OutputRole.class);
        for (Written each : written) {
            watch.requireOwned();
            OutputRole role = each.role();
            staged.put(
                    role,
                    storage.stage(each.file(), ResultPlace.location(place.job(), role), place.name(role), attempt));
        }
        Map<OutputRole, StoredObject> stored = new EnumMap<>(OutputRole.class);
        written.stream()
                .map(Written::role)
                .sorted(Comparator.comparing(role -> role == OutputRole.DICOM_SEG))
                .forEachOrdered(role -> {
                    watch.requireOwned();
                    stored.put(role, staged.get(role).publish());
                });
        return written.stream()
                .map(each -> named(each.role(), stored.get(each.role())))
                .toList();
    }

    private List<Written> write(SegmentedScan result, Scratch scratch, JobWatch watch) {
        List<Written> written = new ArrayList<>();
        for (JobOutput output : outputs) {
            watch.requireOwned();
            Path file = scratch.path().resolve(output.role().fileName());
            if (output.write(result, file)) {
                written.add(new Written(output.role(), file));
            }
        }
        return written;
    }

    private static String content(List<Written> written) {
        List<String> digests = new ArrayList<>();
        for (Written each : written) {
            try {
                digests.add(Digest.of(each.file()));
            } catch (IOException e) {
                throw new JobException(
                        FailureCode.OUTPUT_FAILED, "an output cannot be read again: check the scratch disk", e);
            }
        }
        return Digest.ofAll(digests);
    }

    private static OutputFile named(OutputRole role, StoredObject object) {
        return new OutputFile(object.uri(), role.mediaType(), object.bytes(), object.sha256(), role.wireName());
    }
}
