package io.deformux.worker.infer.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.HeapRoom;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

/** {@link Measurements} as JSON. */
public final class MeasurementsOutput implements OneFileOutput {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private final LongUnaryOperator room;

    /** An output that looks at the heap of this process. */
    public MeasurementsOutput() {
        this(wanted -> HeapRoom.left(wanted).bytes());
    }

    /** The same where somebody else says how many bytes are left, if so many are wanted. */
    MeasurementsOutput(LongUnaryOperator room) {
        this.room = room;
    }

    @Override
    public OutputRole role() {
        return OutputRole.MEASUREMENTS;
    }

    @Override
    public SegmentedScan fitting(SegmentedScan result) {
        return RadiomicsChoice.of(result).fitting(room);
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        try {
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Measurements.of(result, watch)));
            return true;
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the measurements could not be written: check the scratch disk",
                    e);
        }
    }
}
