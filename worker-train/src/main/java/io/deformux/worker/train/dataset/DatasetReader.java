package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a data set folder, whichever layout it has:
 *
 * <ul>
 *   <li>{@code dataset.json} with a list {@code training}: Medical Segmentation Decathlon, or a MONAI data list when its
 *       entries carry a {@code fold};
 *   <li>{@code dataset.json} with {@code file_ending}: nnU-Net v2, with {@code splits_final.json} if it is there;
 *   <li>no {@code dataset.json}: {@code imagesTr} and {@code labelsTr}, and {@code imagesVal} and {@code labelsVal} if
 *       they are there, which then are the one fold.
 * </ul>
 *
 * The label dictionaries of the first two run in opposite directions: value to name, and name to value.
 */
public final class DatasetReader {
    private static final String LISTING = "dataset.json";

    /**
     * Reads the listings; opens no scan.
     *
     * @param root the folder
     * @param labelsIfUnnamed the class names for layouts that have none
     * @throws io.deformux.failure.JobException DATASET_INVALID, DATASET_LABEL_MISSING, FOLDS_INVALID or
     *     REFERENCE_NOT_ALLOWED, naming what is wrong
     */
    public Dataset read(Path root, List<String> labelsIfUnnamed) {
        DatasetFolder folder = new DatasetFolder(root);
        if (!folder.has(LISTING)) {
            return PlainFolders.read(folder, labelsIfUnnamed);
        }
        JsonNode listing = JsonFile.object(folder.file(LISTING), LISTING);
        if (listing.has("file_ending")) {
            return NnunetListing.read(folder, listing);
        }
        return DecathlonListing.read(folder, listing, labelsIfUnnamed);
    }
}
