package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request: segment this scan with this model and put the outputs there.
 *
 * @param jobId the job; letters, digits, dot, underscore and hyphen, since it becomes part of output names. The same
 *     job again, on the same input with the same model and settings, is answered as before; another one under its id is
 *     done and has events of its own
 * @param input the scan; of a model that sees several images, its first channel
 * @param model the model
 * @param output the folder (file system, bucket prefix) that receives the outputs
 * @param dicomOutput the place that receives the DICOM objects among them, as a PACS by STOW-RS; absent: {@code output} too
 * @param dicomSegKind how the DICOM segmentation stores its segments; absent: as the worker is configured, binary unless
 *     it says otherwise
 * @param priority whether it goes first, and so which topic carries it; absent: routine
 * @param outputs what is wanted of the outputs; absent: as the worker is configured
 * @param otherChannels the other images of a model that sees several, in any order; absent: it sees one
 */
public record ScanArrived(
        String jobId,
        InputReference input,
        ModelReference model,
        URI output,
        Optional<URI> dicomOutput,
        Optional<DicomSegKind> dicomSegKind,
        Optional<Priority> priority,
        Optional<OutputChoice> outputs,
        Optional<List<ChannelReference>> otherChannels)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.scan.arrived.v1";

    /** A request; what is optional may be empty but not {@code null}. */
    public ScanArrived {
        Objects.requireNonNull(dicomOutput, "dicomOutput");
        Objects.requireNonNull(dicomSegKind, "dicomSegKind");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(outputs, "outputs");
        otherChannels = otherChannels.map(List::copyOf);
    }

    /** A request for a model that sees one image, which says nothing of its outputs. */
    public ScanArrived(
            String jobId,
            InputReference input,
            ModelReference model,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> dicomSegKind,
            Optional<Priority> priority) {
        this(jobId, input, model, output, dicomOutput, dicomSegKind, priority, Optional.empty(), Optional.empty());
    }

    /** A request whose outputs all go to one place. */
    public ScanArrived(String jobId, InputReference input, ModelReference model, URI output) {
        this(jobId, input, model, output, Optional.empty(), Optional.empty());
    }

    /** A request of no stated priority. */
    public ScanArrived(
            String jobId,
            InputReference input,
            ModelReference model,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> dicomSegKind) {
        this(jobId, input, model, output, dicomOutput, dicomSegKind, Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return priority.filter(Priority.URGENT::equals).isPresent() ? Topics.SCAN_URGENT : Topics.SCAN_ARRIVED;
    }

    @Override
    public String key() {
        return jobId;
    }
}
