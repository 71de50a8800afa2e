package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.transform.Preset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The images that a data set has of every case, as the sequences of an MR examination. None is ever dropped in silence.
 *
 * @param names in their order; empty if there is one and nothing is said of it
 */
record Channels(List<String> names) {
    /** One image that has no name. */
    static final Channels UNNAMED = new Channels(List.of());

    private static final String NAMES = "channel_names";
    private static final List<String> KEYS = List.of(NAMES, "modality");
    /** What nnU-Net puts behind the names of the first channel's files. */
    static final String FIRST = suffix(0);

    Channels {
        names = List.copyOf(names);
    }

    /** Those that a listing names, {@code channel_names} before {@code modality}; notes names that no model takes. */
    static Channels of(JsonNode listing, DatasetFindings findings) {
        for (String key : KEYS) {
            List<String> names = names(listing.path(key));
            if (!names.isEmpty()) {
                return checked(key, names, findings);
            }
        }
        return UNNAMED;
    }

    private static Channels checked(String key, List<String> names, DatasetFindings findings) {
        if (names.size() == 1) {
            return new Channels(names);
        }
        if (names.size() > Preset.MOST_CHANNELS
                || new HashSet<>(names).size() < names.size()
                || !names.stream().allMatch(Preset::isClassName)) {
            findings.invalid("/" + key + " of dataset.json has " + names.size() + " channels ("
                    + String.join(", ", names) + "), of which a model takes up to " + Preset.MOST_CHANNELS
                    + ", each with a name of its own of 1 to 64 characters: rename them");
        }
        return new Channels(names.subList(0, Math.min(names.size(), Preset.MOST_CHANNELS)));
    }

    private static List<String> names(JsonNode channels) {
        if (channels.isTextual()) {
            return List.of(channels.textValue());
        }
        if (channels.isArray()) {
            List<String> names = new ArrayList<>();
            channels.forEach(name -> names.add(name.asText()));
            return names;
        }
        // By their numbers: the order of a JSON object means nothing, and "10" is behind "9".
        Map<String, String> byNumber = new TreeMap<>(
                (a, b) -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length()));
        channels.properties()
                .forEach(entry -> byNumber.put(entry.getKey(), entry.getValue().asText()));
        return List.copyOf(byNumber.values());
    }

    int count() {
        return Math.max(1, names.size());
    }

    /** What nnU-Net puts behind the names of a channel's files. */
    private static String suffix(int channel) {
        return String.format("_%04d", channel);
    }

    /** The file of another channel beside that of the first one; the same if that has no suffix of a channel. */
    private static String beside(String first, int channel) {
        return first.replaceFirst(FIRST + "(\\.[a-z.]+)$", suffix(channel) + "$1");
    }

    /** The files of all channels, beside the first one's; that alone where it has no suffix, and then all are in it. */
    List<String> files(String first) {
        return IntStream.range(0, count())
                .mapToObj(channel -> beside(first, channel))
                .distinct()
                .toList();
    }

    /** Whether an image is the second channel of another one. */
    static boolean isSecond(String image, List<String> images) {
        String second = suffix(1) + ".";
        return image.contains(second) && images.contains(image.replace(second, FIRST + "."));
    }

    /** Notes a case beside whose files lies another channel's, which nobody has named; once is enough. */
    void requireNoFurther(DatasetFolder folder, List<String> firsts, DatasetFindings findings) {
        Optional<String> further = firsts.stream()
                .filter(first -> !beside(first, count()).equals(first))
                .map(first -> beside(first, count()))
                .filter(folder::has)
                .findFirst();
        further.ifPresent(file -> findings.invalid("the data set has a further channel, as " + file
                + ", which is not named: name all in /" + NAMES + " of dataset.json, or take its files away"));
    }
}
