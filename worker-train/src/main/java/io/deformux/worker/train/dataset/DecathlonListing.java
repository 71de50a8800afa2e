package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code dataset.json} of the Medical Segmentation Decathlon: pairs of files, labels from value to name. nnU-Net v1 keeps the
 * same listing while the image files carry the channel suffix {@code _0000}. MONAI's data lists are the same with a
 * {@code fold} number per pair and often no labels: fold f validates on the pairs of number f. There {@code image} may be a list
 * of files, which are the channels of the case, as MONAI's LoadImage stacks them.
 */
final class DecathlonListing {

    private DecathlonListing() {}

    static Listing read(
            DatasetFolder folder,
            JsonNode listing,
            Channels named,
            List<String> labelsIfUnnamed,
            DatasetFindings findings) {
        JsonNode training = listing.path("training");
        Dataset.require(
                training.isArray(),
                "dataset.json has neither a list /training (Decathlon) nor /file_ending (nnU-Net v2)");
        Channels channels = named.names().isEmpty()
                ? Channels.counted(training.path(0).path("image").size(), findings)
                : named;
        List<TrainingCase> cases = new ArrayList<>();
        List<String> images = new ArrayList<>();
        Map<Integer, List<String>> byFold = new TreeMap<>();
        for (JsonNode pair : training) {
            findings.attempt(() -> pair(folder, pair, channels, images, byFold)).ifPresent(cases::add);
        }
        channels.requireNoFurther(folder, images, findings);
        List<String> labels = listing.has("labels")
                ? findings.attempt(() -> labels(listing.get("labels"))).orElse(List.of())
                : labelsIfUnnamed;
        List<GivenFold> folds = findings.attempt(() -> SplitsFile.numbered(byFold, cases.size()))
                .orElse(List.of());
        return new Listing("Decathlon", channels.names(), cases, labels, List.of(), folds);
    }

    private static TrainingCase pair(
            DatasetFolder folder,
            JsonNode pair,
            Channels channels,
            List<String> images,
            Map<Integer, List<String>> byFold) {
        String label = JsonFile.text(pair, "label");
        String id = DatasetFolder.id(label);
        List<String> files = files(folder, pair, channels, images);
        TrainingCase found = folder.trainingCase(id, files, channels.count(), label);
        if (pair.has("fold")) {
            Dataset.require(pair.get("fold").isInt(), "/fold of a training pair must be an integer");
            byFold.computeIfAbsent(pair.get("fold").intValue(), fold -> new ArrayList<>())
                    .add(id);
        }
        return found;
    }

    /** The files of a pair; notes the first one where others could lie beside it that are not named. */
    private static List<String> files(DatasetFolder folder, JsonNode pair, Channels channels, List<String> images) {
        if (!pair.path("image").isArray()) {
            String image = folder.orFirstChannel(JsonFile.text(pair, "image"));
            images.add(image);
            return channels.files(image);
        }
        List<String> files = new ArrayList<>();
        for (JsonNode file : pair.get("image")) {
            Dataset.require(file.isTextual(), "/image of a training pair must be a file or a list of files");
            files.add(file.textValue());
        }
        Dataset.require(
                files.size() == channels.count(),
                "/image of the training pair of " + JsonFile.text(pair, "label") + " lists " + files.size()
                        + " channels, and the data set has " + channels.count()
                        + ": every pair must list the same, and as many as there are names for");
        return files;
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
