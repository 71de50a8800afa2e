package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code dataset.json} of nnU-Net v2: labels from name to value, cases found by their label maps, image files with the
 * channel suffix {@code _0000}. One channel only; label regions and the ignore label are refused rather than misread.
 */
final class NnunetListing {
    private static final String CHANNEL = "_0000";
    private static final String SPLITS = "splits_final.json";

    private NnunetListing() {}

    static Dataset read(DatasetFolder folder, JsonNode listing) {
        String ending = JsonFile.text(listing, "file_ending");
        Dataset.require(
                ending.equals(".nii.gz") || ending.equals(".nii"),
                "/file_ending of dataset.json must be .nii.gz or .nii: convert the scans to NIfTI");
        Dataset.require(
                listing.path("channel_names").size() <= 1,
                "/channel_names of dataset.json has more than one channel; only one is trained");
        List<TrainingCase> cases = new ArrayList<>();
        for (String label : folder.scans("labelsTr")) {
            if (label.endsWith(ending)) {
                String id = label.substring(0, label.length() - ending.length());
                cases.add(new TrainingCase(
                        id, folder.image("imagesTr/" + id + CHANNEL + ending), folder.label("labelsTr/" + label)));
            }
        }
        requireLabels(folder, ending, cases);
        List<GivenFold> folds = folder.has(SPLITS) ? SplitsFile.read(folder.file(SPLITS)) : List.of();
        return new Dataset(cases, labels(listing.path("labels")), folds);
    }

    /** Images without a label map are a mistake here: cases are found by their label maps. */
    private static void requireLabels(DatasetFolder folder, String ending, List<TrainingCase> cases) {
        List<String> ids = cases.stream().map(TrainingCase::id).toList();
        for (String image : folder.scans("imagesTr")) {
            if (image.endsWith(CHANNEL + ending)) {
                String id = image.substring(0, image.length() - CHANNEL.length() - ending.length());
                if (!ids.contains(id)) {
                    folder.label("labelsTr/" + id + ending);
                }
            }
        }
    }

    private static List<String> labels(JsonNode labels) {
        Map<Integer, String> byValue = new TreeMap<>();
        labels.properties().forEach(entry -> {
            Dataset.require(
                    entry.getValue().isInt() && !entry.getKey().equals("ignore"),
                    "/labels of an nnU-Net dataset.json must map names to single values; regions and the ignore label"
                            + " are not supported");
            String other = byValue.put(entry.getValue().intValue(), entry.getKey());
            Dataset.require(other == null, "two labels have the value " + entry.getValue());
        });
        return LabelNames.inOrder(byValue);
    }
}
