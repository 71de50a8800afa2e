package io.deformux.worker.infer.result;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
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
import io.deformux.worker.infer.outputs.WrittenFile;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Stores the files of one job after the other: all are written to scratch, then brought to their storage, then published
 * together, so that those of two attempts never mix. DICOM objects are published last: what an archive has
 * taken, nobody takes back. Safe to share.
 */
public final class OutputPublication {
    private final StorageRouter storage;
    private final List<JobOutput> outputs;

    public OutputPublication(StorageRouter storage, List<JobOutput> outputs) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.outputs = List.copyOf(outputs);
    }

    /** The same of the outputs of those roles alone. */
    public OutputPublication of(Set<OutputRole> roles) {
        return new OutputPublication(
                storage,
                outputs.stream().filter(output -> roles.contains(output.role())).toList());
    }

    /** What to say of the outputs that a result has none of. */
    public Map<OutputRole, Warning> leftOut(SegmentedScan result) {
        Map<OutputRole, Warning> leftOut = new EnumMap<>(OutputRole.class);
        outputs.forEach(output -> output.leftOut(result).ifPresent(warning -> leftOut.put(output.role(), warning)));
        return leftOut;
    }

    /** The result as all of them can write it, with warnings of what they leave out in part. */
    public SegmentedScan fitting(SegmentedScan result) {
        SegmentedScan fitting = result;
        for (JobOutput output : outputs) {
            fitting = output.fitting(fitting);
        }
        return fitting;
    }

    /** Writes the outputs but those into a scratch directory, in the order in which an event names them. */
    public List<WrittenFile> write(SegmentedScan result, Set<OutputRole> leftOut, Scratch scratch, JobWatch watch) {
        List<WrittenFile> written = new ArrayList<>();
        for (JobOutput output : outputs) {
            watch.requireOwned();
            if (!leftOut.contains(output.role())) {
                written.addAll(output.writeInto(result, scratch.path(), watch));
            }
        }
        return written;
    }

    /** Stores what is left of a result. */
    public void store(WrittenResult computed, JobWatch watch) {
        ResultPlace place = computed.place();
        Attempt attempt = new Attempt(computed.scratch(), ResultPlace.shortened(content(computed.files())));
        List<WrittenFile> left = computed.left();
        Map<WrittenFile, StagedOutput> staged = new HashMap<>();
        left.forEach(file -> {
            watch.requireOwned();
            staged.put(
                    file,
                    storage.stage(
                            file.path(), ResultPlace.location(place.job(), file.role()), place.name(file), attempt));
        });
        left.stream()
                .sorted(Comparator.comparing(file -> file.role().isDicom()))
                .forEachOrdered(file -> {
                    watch.requireOwned();
                    computed.stored(file, named(file, staged.get(file).publish()));
                });
    }

    /** What was stored and is no longer there as it was is to be stored again. */
    public void forgetChanged(WrittenResult computed) {
        computed.forget(output -> !storage.holds(new StoredObject(output.uri(), output.sizeBytes(), output.sha256())));
    }

    private static String content(List<WrittenFile> files) {
        List<String> digests = new ArrayList<>();
        for (WrittenFile file : files) {
            try {
                digests.add(Digest.of(file.path()));
            } catch (IOException e) {
                throw new JobException(
                        FailureCode.OUTPUT_FAILED, "an output cannot be read again: check the scratch disk", e);
            }
        }
        return Digest.ofAll(digests);
    }

    private static OutputFile named(WrittenFile file, StoredObject object) {
        return new OutputFile(
                object.uri(),
                file.role().mediaType(),
                object.bytes(),
                object.sha256(),
                file.role().wireName(),
                file.className());
    }
}
