package io.deformux.schemas;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A result: the scan is segmented and every output named here is stored.
 *
 * @param jobId the job
 * @param inputSha256 the digest of the input that was read, 64 lower-case hexadecimal digits; of several channels one over
 *     those of all
 * @param model the model that did it
 * @param outputs the stored outputs
 * @param labels one entry per label of the model, or of those that were asked for, background left out, also where
 *     nothing was found
 * @param grid the voxel grid of the label map, which is the input's own
 * @param timingsMs wall time of each stage in ms, in the order in which the stages ran
 * @param runtime where and with what the job ran
 * @param input what was found in the input, where it is of several files
 * @param warnings what the result should be read with care for; older workers say nothing of it
 */
public record SegmentationCompleted(
        String jobId,
        String inputSha256,
        ModelVersion model,
        List<OutputFile> outputs,
        List<LabelVolume> labels,
        Grid grid,
        Map<String, Long> timingsMs,
        RuntimeInfo runtime,
        Optional<InputSummary> input,
        Optional<List<ResultWarning>> warnings)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.segmentation.completed.v1";

    /** A result; the collections are copied and keep their order. */
    public SegmentationCompleted {
        outputs = List.copyOf(outputs);
        labels = List.copyOf(labels);
        timingsMs = Collections.unmodifiableMap(new LinkedHashMap<>(timingsMs));
        Objects.requireNonNull(input, "input");
        warnings = warnings.map(List::copyOf);
    }

    /** A result without what older workers do not say. */
    public SegmentationCompleted(
            String jobId,
            String inputSha256,
            ModelVersion model,
            List<OutputFile> outputs,
            List<LabelVolume> labels,
            Grid grid,
            Map<String, Long> timingsMs,
            RuntimeInfo runtime) {
        this(jobId, inputSha256, model, outputs, labels, grid, timingsMs, runtime, Optional.empty(), Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.SEGMENTATION_RESULT;
    }

    @Override
    public String key() {
        return jobId;
    }

    /** Job, input, model, what was stored and with what; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(
                jobId,
                inputSha256,
                model.sha256(),
                outputs,
                runtime.device(),
                runtime.precision(),
                runtime.softwareVersion());
    }
}
