package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many channels a data set has. One is trained; a second one is never dropped in silence. */
final class Channels {
    /** What nnU-Net puts behind the names of the first channel's files, and of the second's. */
    static final String FIRST = "_0000";

    private static final String SECOND = "_0001";
    private static final List<String> KEYS = List.of("channel_names", "modality");

    private Channels() {}

    /** Notes a listing that names several. */
    static void requireOne(JsonNode listing, DatasetFindings findings) {
        for (String key : KEYS) {
            if (listing.path(key).size() > 1) {
                List<String> names = new ArrayList<>();
                listing.get(key).forEach(name -> names.add(name.asText()));
                findings.invalid("/" + key + " of dataset.json has " + names.size() + " channels ("
                        + String.join(", ", names) + ") and networks here take one: make a data set of one of them, its"
                        + " files as " + FIRST);
                return;
            }
        }
    }

    /** What a listing calls the first channel. */
    static Optional<String> first(JsonNode listing) {
        for (String key : KEYS) {
            JsonNode channels = listing.path(key);
            JsonNode name = channels.isContainerNode() && !channels.isEmpty()
                    ? channels.elements().next()
                    : channels;
            if (name.isTextual()) {
                return Optional.of(name.asText());
            }
        }
        return Optional.empty();
    }

    /** Whether an image is the second channel of another one. */
    static boolean isSecond(String image, List<String> images) {
        return image.contains(SECOND + ".") && images.contains(image.replace(SECOND + ".", FIRST + "."));
    }

    /** Notes a case whose second channel lies beside its first; once is enough. */
    static void requireAlone(DatasetFolder folder, List<String> firsts, DatasetFindings findings) {
        Optional<String> second = firsts.stream()
                .filter(first -> first.contains(FIRST))
                .map(first -> first.replaceFirst(FIRST + "(\\.[a-z.]+)$", SECOND + "$1"))
                .filter(folder::has)
                .findFirst();
        second.ifPresent(file -> findings.invalid("the data set has a second channel, as " + file
                + ", and networks here take one: make a data set of one of them, its files as " + FIRST));
    }
}
