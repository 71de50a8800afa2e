package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.transform.Preset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern SUFFIX = Pattern.compile("(.*)(_[0-9]{4})(\\.[a-z.]+)");

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

    /** So many that a listing lists without names, none standing for one; notes more than a model takes. */
    static Channels counted(int listed, DatasetFindings findings) {
        if (listed > Preset.MOST_CHANNELS) {
            findings.invalid("dataset.json lists " + listed + " images of a case, of which a model takes up to "
                    + Preset.MOST_CHANNELS + ": leave some out");
        }
        return numbered(Math.max(1, listed));
    }

    /** So many that nobody has named: they are called by their numbers. */
    private static Channels numbered(int count) {
        return count == 1
                ? UNNAMED
                : new Channels(IntStream.range(0, count)
                        .mapToObj(channel -> "channel " + channel)
                        .toList());
    }

    /**
     * Those of a folder whose listing names none, by the suffixes of its files.
     *
     * @param labels the label maps: an image of the same name is a case of its own
     */
    static Channels inFolder(List<String> images, List<String> labels) {
        Set<String> all = new HashSet<>(images);
        labels.forEach(all::remove);
        int most = 1;
        for (String image : images) {
            String further = beside(image, most);
            while (most < Preset.MOST_CHANNELS && !further.equals(image) && all.contains(further)) {
                most++;
                further = beside(image, most);
            }
        }
        return numbered(most);
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

    /** Whether an image is not the first channel of a case whose first one is there too. */
    static boolean isLater(String image, Set<String> images) {
        Matcher matcher = SUFFIX.matcher(image);
        return images.contains(image)
                && matcher.matches()
                && !matcher.group(2).equals(FIRST)
                && images.contains(matcher.group(1) + FIRST + matcher.group(3));
    }

    /**
     * Notes a case beside whose files lies another channel's, which nobody has named; once is enough.
     *
     * @param firsts the first file of every case
     */
    void requireNoFurther(DatasetFolder folder, List<String> firsts, DatasetFindings findings) {
        Set<String> cases = new HashSet<>(firsts);
        Optional<String> further = firsts.stream()
                .filter(first -> !beside(first, count()).equals(first))
                .map(first -> beside(first, count()))
                .filter(file -> folder.has(file) && !cases.contains(file))
                .findFirst();
        further.ifPresent(file -> findings.invalid("the data set has a further channel, as " + file
                + ", which is not named: name all in /" + NAMES + " of dataset.json, or take its files away"));
    }
}
