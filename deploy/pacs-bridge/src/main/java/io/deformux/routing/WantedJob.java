package io.deformux.routing;

import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rule wants done with the series that it takes.
 *
 * @param model the model's name, and its version; without it: the newest
 * @param output where the outputs go
 * @param dicomOutput where the DICOM segmentation goes instead, as back to the PACS
 * @param dicomSegKind how it stores its segments; absent: as the workers are configured
 * @param priority whether its scans go first; absent: routine
 * @param outputs what is wanted of the outputs; absent: as the workers are configured
 * @param otherChannels the other images of a model that sees several, where they are known; absent: it sees one
 * @param channels the same where they are to be looked for in the study; none: it sees one
 */
public record WantedJob(
        ModelReference model,
        URI output,
        Optional<URI> dicomOutput,
        Optional<DicomSegKind> dicomSegKind,
        Optional<Priority> priority,
        Optional<OutputChoice> outputs,
        Optional<List<ChannelReference>> otherChannels,
        List<WantedChannel> channels) {

    /** Checks that model and output are there, and no channel twice. */
    public WantedJob {
        Objects.requireNonNull(model, "a rule needs a model");
        Objects.requireNonNull(output, "a rule needs an output");
        channels = List.copyOf(channels);
        if (channels.stream().map(WantedChannel::name).distinct().count() < channels.size()) {
            throw new IllegalArgumentException("a job has a channel twice");
        }
    }

    /** A job whose images are known. */
    public WantedJob(
            ModelReference model,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> dicomSegKind,
            Optional<Priority> priority,
            Optional<OutputChoice> outputs,
            Optional<List<ChannelReference>> otherChannels) {
        this(model, output, dicomOutput, dicomSegKind, priority, outputs, otherChannels, List.of());
    }

    /** A job of one image that says nothing of its outputs. */
    public WantedJob(
            ModelReference model,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> dicomSegKind,
            Optional<Priority> priority) {
        this(model, output, dicomOutput, dicomSegKind, priority, Optional.empty(), Optional.empty());
    }

    /** A job of the newest version of a model, and of nothing else in particular. */
    public static WantedJob of(String model, URI output) {
        return new WantedJob(
                new ModelReference(model, Optional.empty()),
                output,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with what is wanted of its outputs, and the channels that it needs. */
    WantedJob with(Optional<OutputChoice> choice, List<WantedChannel> others) {
        return new WantedJob(model, output, dicomOutput, dicomSegKind, priority, choice, otherChannels, others);
    }

    /** The same of a scan whose other images were found. */
    WantedJob with(List<ChannelReference> found) {
        return new WantedJob(
                model, output, dicomOutput, dicomSegKind, priority, outputs, Optional.of(found), List.of());
    }

    /** The event that asks for it. */
    public ScanArrived event(String jobId, URI input) {
        return event(jobId, new InputReference(input, InputReference.Kind.DICOM, Optional.empty()));
    }

    /** The event that asks for it, of an input that may be one series of several. */
    public ScanArrived event(String jobId, InputReference input) {
        return new ScanArrived(
                jobId, input, model, output, dicomOutput, dicomSegKind, priority, outputs, otherChannels);
    }
}
