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
 * @param priority whether they go first
 * @param otherChannels whether the other images of a scan that has several go along to a model of another name, which only
 *     those who ask know
 */
public record RerunTarget(
        String model, String version, Optional<URI> output, Optional<Priority> priority, boolean otherChannels) {}
