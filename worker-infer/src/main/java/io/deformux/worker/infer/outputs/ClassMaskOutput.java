package io.deformux.worker.infer.outputs;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mask for each class that is wanted, also of those of which nothing was found: NIfTI with 1 in the class and 0 elsewhere,
 * in a folder of their own as TotalSegmentator writes them. Each is believed only after reading it back.
 */
public final class ClassMaskOutput implements JobOutput {
    private final NiftiWriter writer;
    private final NiftiReader reader;

    /** An output that writes with one and reads back with the other. */
    public ClassMaskOutput(NiftiWriter writer, NiftiReader reader) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public OutputRole role() {
        return OutputRole.CLASS_MASK;
    }

    @Override
    public List<WrittenFile> writeInto(SegmentedScan result, Path folder, JobWatch watch) {
        List<String> classes = result.preset().classes();
        ClassFileNames names = new ClassFileNames(classes);
        List<WrittenFile> written = new ArrayList<>();
        for (int value : result.classes().wanted()) {
            watch.requireOwned();
            String name = names.of(value) + ".nii.gz";
            Path file = folder.resolve("mask-" + name);
            writer.writeMask(result.labels(), value, file);
            check(result.labels(), value, reader.readLabels(file));
            written.add(new WrittenFile(role(), Optional.of(classes.get(value)), role().fileName() + "/" + name, file));
        }
        return written;
    }

    private static void check(LabelMap labels, int value, LabelMap back) {
        byte[] expected = labels.labels();
        byte[] mask = back.labels();
        boolean same = back.geometry().shape().equals(labels.geometry().shape());
        for (int n = 0; same && n < expected.length; n++) {
            same = mask[n] == ((expected[n] & 0xff) == value ? 1 : 0);
        }
        if (!same) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "a mask did not read back as written: check the scratch disk");
        }
    }
}
