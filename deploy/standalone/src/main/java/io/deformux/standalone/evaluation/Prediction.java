package io.deformux.standalone.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.worker.infer.result.SourceName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A label map that a truth is looked for. */
sealed interface Prediction {
    /** The label map. */
    Path file();

    /** Whether it is of the case that a truth of that name (without the ending of its format) belongs to. */
    boolean isOf(String truth);

    /** A file that is named as its truth. */
    record Named(Path file) implements Prediction {
        @Override
        public boolean isOf(String truth) {
            return SourceName.withoutEnding(file.getFileName().toString()).equals(truth);
        }
    }

    /**
     * What a job of ours has stored: its truth is named as the job or as the scan.
     *
     * @param file the label map
     * @param jobId the job
     * @param inputSha256 the digest of the scan
     * @param sourceName what the manifest says of the scan's name; empty in older ones
     */
    record OfJob(Path file, String jobId, String inputSha256, String sourceName) implements Prediction {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final String LABEL_MAP = "label-map";

        /** The job's result in a folder with a {@code manifest.json}; empty if there is no label map of it. */
        static Optional<Prediction> in(Path manifest) {
            try {
                JsonNode tree = JSON.readTree(Files.readAllBytes(manifest));
                JsonNode completed = tree.path("completed");
                for (JsonNode output : completed.path("outputs")) {
                    Path file = place(manifest.getParent(), output.path("uri").asText());
                    if (output.path("role").asText().equals(LABEL_MAP) && Files.isRegularFile(file)) {
                        return Optional.of(new OfJob(
                                file,
                                completed.path("jobId").asText(),
                                completed.path("inputSha256").asText(),
                                tree.path("sourceNameSha256").asText()));
                    }
                }
                return Optional.empty();
            } catch (IOException | IllegalArgumentException e) {
                // Another program's manifest: nothing of ours.
                return Optional.empty();
            }
        }

        /** Where the output lies now: the folder may have been moved or copied since it was stored. */
        private static Path place(Path folder, String uri) {
            String path = URI.create(uri).getPath();
            String[] steps = path == null ? new String[0] : path.split("/");
            Path direct = folder.resolve(steps.length == 0 ? "none" : steps[steps.length - 1]);
            return steps.length < 2 || Files.exists(direct)
                    ? direct
                    : folder.resolve(steps[steps.length - 2]).resolve(steps[steps.length - 1]);
        }

        @Override
        public boolean isOf(String truth) {
            return jobId.equals(truth)
                    || List.of(truth, truth + "_0000").stream().anyMatch(name -> SourceName.digest(name, inputSha256)
                            .equals(sourceName));
        }
    }
}
