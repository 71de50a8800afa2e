package io.deformux.standalone.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote a name that is not known. */
final class NearestName {
    private NearestName() {}

    /** The known name with the fewest changes of letters (Levenshtein's distance) to what was written. */
    static Optional<String> to(String written, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] here = new int[before.length];
            here[0] = i;
            for (int j = 1; j < here.length; j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                here[j] = Math.min(before[j - 1] + change, 1 + Math.min(before[j], here[j - 1]));
            }
            before = here;
        }
        return before[other.length()];
    }
}
