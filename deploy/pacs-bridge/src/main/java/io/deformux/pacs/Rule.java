package io.deformux.pacs;

import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which series go to which model. What a rule does not name, it does not ask for.
 *
 * @param modality as in DICOM (0008,0060)
 * @param bodyPart as in DICOM (0018,0015)
 * @param description an expression of which the series or study description has a match
 * @param model the model's name
 * @param modelVersion its version; absent: the newest
 * @param output where the outputs go
 * @param dicomOutput where the DICOM segmentation goes instead, as back to the PACS
 * @param dicomSegKind how it stores its segments; absent: as the workers are configured
 * @param priority whether its scans go first; absent: routine
 */
public record Rule(
        Optional<String> modality,
        Optional<String> bodyPart,
        Optional<Pattern> description,
        String model,
        Optional<String> modelVersion,
        URI output,
        Optional<URI> dicomOutput,
        Optional<DicomSegKind> dicomSegKind,
        Optional<Priority> priority) {

    /** Checks that model and output are there. */
    public Rule {
        Objects.requireNonNull(model, "a rule needs a model");
        Objects.requireNonNull(output, "a rule needs an output");
    }

    /** A rule of no stated priority. */
    public Rule(
            Optional<String> modality,
            Optional<String> bodyPart,
            Optional<Pattern> description,
            String model,
            Optional<String> modelVersion,
            URI output,
            Optional<URI> dicomOutput,
            Optional<DicomSegKind> dicomSegKind) {
        this(modality, bodyPart, description, model, modelVersion, output, dicomOutput, dicomSegKind, Optional.empty());
    }

    /** The event of a series that the rule takes. */
    ScanArrived event(String jobId, URI input) {
        return new ScanArrived(
                jobId,
                new InputReference(input, InputReference.Kind.DICOM, Optional.empty()),
                new ModelReference(model, modelVersion),
                output,
                dicomOutput,
                dicomSegKind,
                priority);
    }

    /** Whether the rule takes a series. */
    boolean takes(Series series) {
        return modality.map(m -> m.equalsIgnoreCase(series.modality())).orElse(true)
                && bodyPart.map(b -> b.equalsIgnoreCase(series.bodyPart())).orElse(true)
                && description
                        .map(pattern -> pattern.matcher(series.description()).find())
                        .orElse(true);
    }
}
