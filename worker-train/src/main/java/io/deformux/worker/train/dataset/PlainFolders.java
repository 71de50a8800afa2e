package io.deformux.worker.train.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders of the reference: {@code imagesTr} and {@code labelsTr} with files of the same names (an image may carry
 * the channel suffix {@code _0000}), and the same with {@code Val} for a fixed validation set. Files with the suffixes
 * {@code _0001}, {@code _0002} beside one are further channels of the case, which every case must have then. An image that has
 * a label map of its own name is a case and no channel, whatever number its name ends in.
 */
final class PlainFolders {

    private static final String LAYOUT = "plain folders";

    private PlainFolders() {}

    static Listing read(DatasetFolder folder, List<String> labels, DatasetFindings findings) {
        Dataset.require(
                folder.has("imagesTr"), "the folder has neither dataset.json nor imagesTr: it is no training data set");
        Dataset.require(
                !labels.isEmpty(), "a data set without dataset.json names no labels: give them with the preprocessing");
        Channels channels = Channels.inFolder(
                folder.scans("imagesTr"), folder.has("labelsTr") ? folder.scans("labelsTr") : List.of());
        List<TrainingCase> train = pairs(folder, "imagesTr", "labelsTr", channels, findings);
        if (!folder.has("imagesVal")) {
            return new Listing(LAYOUT, channels.names(), train, labels, List.of(), List.of());
        }
        List<TrainingCase> validation = pairs(folder, "imagesVal", "labelsVal", channels, findings);
        List<TrainingCase> all = new ArrayList<>(train);
        all.addAll(validation);
        return new Listing(
                LAYOUT, channels.names(), all, labels, List.of(), List.of(new GivenFold(ids(train), ids(validation))));
    }

    private static List<TrainingCase> pairs(
            DatasetFolder folder, String images, String labels, Channels channels, DatasetFindings findings) {
        Dataset.require(folder.has(labels), "the data set has a folder " + images + " but none called " + labels);
        Set<String> labelFiles = new HashSet<>(folder.scans(labels));
        Set<String> scans = new TreeSet<>(folder.scans(images));
        List<TrainingCase> cases = new ArrayList<>();
        List<String> firsts = new ArrayList<>();
        for (String image : scans) {
            if (Channels.isLater(image, scans) && !labelFiles.contains(image)) {
                continue;
            }
            String withoutChannel = image.replaceFirst(Channels.FIRST + "(\\.[a-z.]+)$", "$1");
            String label = labelFiles.contains(image) ? image : withoutChannel;
            String first = images + "/" + image;
            firsts.add(first);
            findings.attempt(() -> {
                        requireNoCase(channels.files(image), labelFiles, images);
                        return folder.trainingCase(
                                DatasetFolder.id(label), channels.files(first), channels.count(), labels + "/" + label);
                    })
                    .ifPresent(cases::add);
        }
        channels.requireNoFurther(folder, firsts, findings);
        return cases;
    }

    /** A further channel that is a case too would be learnt from twice. */
    private static void requireNoCase(List<String> channels, Set<String> labelFiles, String images) {
        channels.stream().skip(1).filter(labelFiles::contains).forEach(file -> {
            throw Dataset.invalid(images + "/" + file + " has a label map of its own, so that it is a case, and it lies"
                    + " where the second or a further channel of another case is looked for: rename one of them");
        });
    }

    private static List<String> ids(List<TrainingCase> cases) {
        return cases.stream().map(TrainingCase::id).toList();
    }
}
