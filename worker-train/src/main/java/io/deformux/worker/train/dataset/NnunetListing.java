package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code dataset.json} of nnU-Net v2: cases as the key {@code dataset} lists them, else found by their label maps, image
 * files with the suffixes of their channels ({@code _0000}).
 */
final class NnunetListing {
    private static final String SPLITS = "splits_final.json";

    private NnunetListing() {}

    static Listing read(DatasetFolder folder, JsonNode listing, Channels channels, DatasetFindings findings) {
        List<String> images = new ArrayList<>();
        List<TrainingCase> cases = listing.has("dataset")
                ? listed(folder, listing.get("dataset"), channels, images, findings)
                : found(folder, JsonFile.text(listing, "file_ending"), channels, images, findings);
        channels.requireNoFurther(folder, images, findings);
        int stated = listing.path("numTraining").asInt(cases.size());
        if (stated != cases.size() && findings.sound()) {
            findings.odd("/numTraining of dataset.json is " + stated + " and there are " + cases.size() + " cases");
        }
        List<GivenFold> folds = folder.has(SPLITS)
                ? findings.attempt(() -> SplitsFile.read(folder.file(SPLITS))).orElse(List.of())
                : List.of();
        NnunetLabels labels = NnunetLabels.read(listing, findings);
        return new Listing(
                "nnU-Net v2",
                channels.names(),
                cases.stream().map(each -> each.ignoring(labels.ignored())).toList(),
                labels.names(),
                labels.regions(),
                folds);
    }

    /** The cases that the listing names, and no other that lies in the folders. */
    private static List<TrainingCase> listed(
            DatasetFolder folder, JsonNode dataset, Channels channels, List<String> images, DatasetFindings findings) {
        Dataset.require(dataset.isObject(), "/dataset of dataset.json must map case names to images and a label");
        List<TrainingCase> cases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : dataset.properties()) {
            findings.attempt(() -> listed(folder, each.getKey(), each.getValue(), channels, images))
                    .ifPresent(cases::add);
        }
        return cases;
    }

    private static TrainingCase listed(
            DatasetFolder folder, String id, JsonNode each, Channels channels, List<String> images) {
        JsonNode listed = each.path("images");
        List<String> files = new ArrayList<>();
        listed.forEach(file -> files.add(file.asText()));
        Dataset.require(
                listed.isArray() && !files.isEmpty() && listed.get(0).isTextual(),
                "/dataset/" + id + "/images of dataset.json must be a list of files");
        Dataset.require(
                files.size() == channels.count(),
                "/dataset/" + id + "/images of dataset.json has " + files.size() + " channels and /channel_names of it "
                        + channels.count() + ": both must say all of them");
        images.add(files.get(0));
        return folder.trainingCase(id, files, files.size(), JsonFile.text(each, "label"));
    }

    private static List<TrainingCase> found(
            DatasetFolder folder, String ending, Channels channels, List<String> images, DatasetFindings findings) {
        Dataset.require(
                DatasetFolder.EXTENSIONS.contains(ending),
                "/file_ending of dataset.json must be one of " + DatasetFolder.EXTENSIONS + ": convert the scans");
        List<TrainingCase> cases = new ArrayList<>();
        for (String id : ids(folder, ending)) {
            String image = "imagesTr/" + id + Channels.FIRST + ending;
            images.add(image);
            findings.attempt(() ->
                            folder.trainingCase(id, channels.files(image), channels.count(), "labelsTr/" + id + ending))
                    .ifPresent(cases::add);
        }
        return cases;
    }

    /** Those of all label maps and images: one without the other is a mistake. */
    private static List<String> ids(DatasetFolder folder, String ending) {
        Stream<String> labels = folder.scans("labelsTr").stream()
                .filter(name -> name.endsWith(ending))
                .map(name -> name.substring(0, name.length() - ending.length()));
        String first = Channels.FIRST + ending;
        Stream<String> images = folder.scans("imagesTr").stream()
                .filter(name -> name.endsWith(first))
                .map(name -> name.substring(0, name.length() - first.length()));
        return Stream.concat(labels, images).distinct().sorted().toList();
    }
}
