package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a data set folder, whichever layout it has:
 *
 * <ul>
 *   <li>{@code dataset.json} with a list {@code training}: Medical Segmentation Decathlon, nnU-Net v1 (whose files carry the
 *       suffix {@code _0000}), or a MONAI data list when its entries carry a {@code fold};
 *   <li>{@code dataset.json} with {@code file_ending}: nnU-Net v2, with {@code splits_final.json} if it is there;
 *   <li>no {@code dataset.json}: {@code imagesTr} and {@code labelsTr}, and {@code imagesVal} and {@code labelsVal} if
 *       they are there, which then are the one fold.
 * </ul>
 *
 * Of several channels, which {@code channel_names} or {@code modality} names, each has a file of its own with its suffix
 * ({@code _0000}, {@code _0001}), or all are in one NIfTI file of four axes. Plain folders and data lists whose {@code image}
 * is a list may have several without names: these are {@code channel 0}, {@code channel 1} and so on.
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
     *     REFERENCE_NOT_ALLOWED, naming all that is wrong
     */
    public Dataset read(Path root, List<String> labelsIfUnnamed) {
        DatasetFindings findings = new DatasetFindings();
        Optional<Listing> listing = list(root, labelsIfUnnamed, findings);
        findings.requireSound();
        return listing.orElseThrow().dataset();
    }

    /** The listings as far as they can be read, with what is wrong noted; empty if nothing can. */
    public Optional<Listing> list(Path root, List<String> labelsIfUnnamed, DatasetFindings findings) {
        return findings.attempt(() -> {
            DatasetFolder folder = new DatasetFolder(root);
            if (!folder.has(LISTING)) {
                return PlainFolders.read(folder, labelsIfUnnamed, findings);
            }
            JsonNode listing = JsonFile.object(folder.file(LISTING), LISTING);
            Channels channels = Channels.of(listing, findings);
            if (listing.has("file_ending")) {
                return NnunetListing.read(folder, listing, channels, findings);
            }
            return DecathlonListing.read(folder, listing, channels, labelsIfUnnamed, findings);
        });
    }
}
