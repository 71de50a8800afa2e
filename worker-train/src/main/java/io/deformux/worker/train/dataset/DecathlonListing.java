package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code dataset.json} of the Medical Segmentation Decathlon: pairs of files, labels from value to name. MONAI's data
 * lists are the same with a {@code fold} number per pair and often no labels: fold f validates on the pairs of number f.
 */
final class DecathlonListing {

    private DecathlonListing() {}

    static Dataset read(DatasetFolder folder, JsonNode listing, List<String> labelsIfUnnamed) {
        JsonNode training = listing.path("training");
        Dataset.require(
                training.isArray(),
                "dataset.json has neither a list /training (Decathlon) nor /file_ending (nnU-Net v2)");
        List<TrainingCase> cases = new ArrayList<>();
        Map<Integer, List<String>> byFold = new TreeMap<>();
        for (JsonNode pair : training) {
            String label = JsonFile.text(pair, "label");
            String id = DatasetFolder.id(label);
            cases.add(new TrainingCase(id, folder.image(JsonFile.text(pair, "image")), folder.label(label)));
            if (pair.has("fold")) {
                Dataset.require(pair.get("fold").isInt(), "/fold of a training pair must be an integer");
                byFold.computeIfAbsent(pair.get("fold").intValue(), fold -> new ArrayList<>())
                        .add(id);
            }
        }
        List<String> labels = listing.has("labels") ? labels(listing.get("labels")) : labelsIfUnnamed;
        return new Dataset(cases, labels, SplitsFile.numbered(byFold, cases.size()));
    }

    private static List<String> labels(JsonNode labels) {
        Map<Integer, String> byValue = new TreeMap<>();
        labels.properties().forEach(entry -> {
            Dataset.require(
                    entry.getKey().matches("[0-9]{1,3}") && entry.getValue().isTextual(),
                    "/labels of a Decathlon dataset.json must map values to names, as \"1\": \"liver\"");
            byValue.put(Integer.valueOf(entry.getKey()), entry.getValue().textValue());
        });
        return LabelNames.inOrder(byValue);
    }
}
