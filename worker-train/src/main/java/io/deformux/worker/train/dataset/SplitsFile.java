package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Splits in a file of their own: nnU-Net's {@code splits_final.json} (an array of objects with the lists {@code train}
 * and {@code val} of case ids) or a MONAI data list (an object whose {@code training} entries carry a {@code fold}).
 */
public final class SplitsFile {

    private SplitsFile() {}

    /**
     * Reads either kind.
     *
     * @throws JobException FOLDS_INVALID, or DATASET_INVALID if it is no JSON
     */
    public static List<GivenFold> read(Path file) {
        JsonNode tree = JsonFile.tree(file, "the splits file");
        List<GivenFold> folds = tree.isArray() ? nnunet(tree) : dataList(tree.path("training"));
        require(!folds.isEmpty(), "the splits file has no fold");
        return folds;
    }

    private static List<GivenFold> nnunet(JsonNode splits) {
        List<GivenFold> folds = new ArrayList<>();
        for (JsonNode split : splits) {
            folds.add(new GivenFold(ids(split.path("train")), ids(split.path("val"))));
        }
        return folds;
    }

    private static List<String> ids(JsonNode list) {
        require(list.isArray(), "each object of a splits file needs the lists train and val");
        List<String> ids = new ArrayList<>();
        for (JsonNode id : list) {
            require(id.isTextual(), "the lists of a splits file hold case ids as strings");
            ids.add(id.textValue());
        }
        return ids;
    }

    private static List<GivenFold> dataList(JsonNode training) {
        Map<Integer, List<String>> byFold = new TreeMap<>();
        for (JsonNode pair : training) {
            require(
                    pair.path("fold").isInt() && pair.path("label").isTextual(),
                    "each training entry of a MONAI data list needs a label and an integer fold");
            byFold.computeIfAbsent(pair.get("fold").intValue(), fold -> new ArrayList<>())
                    .add(DatasetFolder.id(pair.get("label").textValue()));
        }
        return numbered(byFold, training.size());
    }

    /**
     * Folds from cases with a number each: fold f validates on those of number f and trains on the others.
     *
     * @param byFold number to case ids
     * @param cases how many cases there are; all or none must have a number
     */
    static List<GivenFold> numbered(Map<Integer, List<String>> byFold, int cases) {
        List<String> all = byFold.values().stream().flatMap(List::stream).toList();
        require(all.isEmpty() || all.size() == cases, "some training entries have a fold number and some have none");
        List<GivenFold> folds = new ArrayList<>();
        for (int fold = 0; fold < byFold.size(); fold++) {
            require(byFold.containsKey(fold), "no training entry has the fold number " + fold);
            List<String> validation = byFold.get(fold);
            folds.add(new GivenFold(
                    all.stream().filter(id -> !validation.contains(id)).toList(), validation));
        }
        return folds;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new JobException(FailureCode.FOLDS_INVALID, message);
        }
    }
}
