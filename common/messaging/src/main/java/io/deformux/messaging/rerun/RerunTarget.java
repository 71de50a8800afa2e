package io.deformux.messaging.rerun;

import io.deformux.schemas.Priority;
import java.net.URI;
import java.util.Optional;

/**
 * What is done with the scans.
 *
 * @param model the model's name
 * @param version its version, which is needed: else nobody could say whether a scan had been done by it
 * @param output where the outputs go; empty: where those of the scan's job went
 * @param dicomOutput where their DICOM objects go instead
 * @param priority whether they go first
 * @param otherChannels whether the other images of a scan that has several go along to a model of another name, which only
 *     those who ask know
 */
public record RerunTarget(
        String model,
        String version,
        Optional<URI> output,
        DicomPlace dicomOutput,
        Optional<Priority> priority,
        boolean otherChannels) {

    /** Where the DICOM objects of a new job go. */
    public sealed interface DicomPlace {
        /** What the new job says of it, by what the old one said. */
        Optional<URI> instead(Optional<URI> before);

        /** Where those of the old job went, as back to the PACS. */
        record AsBefore() implements DicomPlace {
            @Override
            public Optional<URI> instead(Optional<URI> before) {
                return before;
            }
        }

        /** To a place of their own. */
        record To(URI place) implements DicomPlace {
            @Override
            public Optional<URI> instead(Optional<URI> before) {
                return Optional.of(place);
            }
        }

        /** Where the other outputs go. */
        record WithTheOthers() implements DicomPlace {
            @Override
            public Optional<URI> instead(Optional<URI> before) {
                return Optional.empty();
            }
        }
    }
}
