package io.deformux.worker.train.measurement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.evaluation.StructureScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a fold's cases as a file; the contract's {@code scores.v1.json} says the same. Cases have no names in it.
 *
 * @param labels names by value, the background first
 * @param cases a score per case and label, background left out
 */
public record Scores(List<String> labels, List<List<StructureScore>> cases) {
    /** The name of the file in a fold's folder. */
    public static final String FILE = "scores.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String LABELS = "labels";
    private static final String CASES = "cases";
    private static final String DICE = "dice";
    private static final String DISTANCE = "hd95Mm";
    private static final String NSD = "nsd";

    /** Keeps copies. */
    public Scores {
        labels = List.copyOf(labels);
        cases = cases.stream().map(List::copyOf).toList();
    }

    /** Writes a new file. */
    public void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION).put("nsdToleranceMm", Trial.TOLERANCE_MM);
        labels.forEach(root.putArray(LABELS)::add);
        ArrayNode all = root.putArray(CASES);
        cases.forEach(each -> {
            ArrayNode perLabel = all.addArray();
            each.forEach(score -> put(perLabel.addObject(), score));
        });
        Files.write(file, JSON.writeValueAsBytes(root));
    }

    private static void put(ObjectNode node, StructureScore score) {
        if (Double.isNaN(score.dice())) {
            return; // there is nothing to score
        }
        node.put(DICE, score.dice());
        if (!score.missed()) {
            node.put(DISTANCE, score.hausdorff95());
        }
        node.put(NSD, score.surfaceDice());
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it is none, or of a version that this software does not know
     */
    public static Scores read(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        if (root == null || root.path("version").asInt() != VERSION) {
            throw new IOException("no scores of version " + VERSION);
        }
        List<String> labels = new ArrayList<>();
        root.path(LABELS).forEach(label -> labels.add(label.asText()));
        List<List<StructureScore>> cases = new ArrayList<>();
        for (JsonNode each : root.path(CASES)) {
            List<StructureScore> perLabel = new ArrayList<>();
            each.forEach(score -> perLabel.add(score(score)));
            if (perLabel.size() != labels.size() - 1) {
                throw new IOException("a case has " + perLabel.size() + " scores for " + labels.size() + " classes");
            }
            cases.add(perLabel);
        }
        return new Scores(labels, cases);
    }

    private static StructureScore score(JsonNode node) {
        return node.has(DICE)
                ? new StructureScore(
                        node.get(DICE).asDouble(),
                        node.path(DISTANCE).asDouble(Double.POSITIVE_INFINITY),
                        node.path(NSD).asDouble())
                : new StructureScore(Double.NaN, Double.NaN, Double.NaN);
    }
}
