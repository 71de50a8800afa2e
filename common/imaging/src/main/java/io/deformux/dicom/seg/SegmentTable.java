package io.deformux.dicom.seg;

import io.deformux.dicom.derived.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The codes and colours of class names. Those of the presets are in {@code segments.tsv}, which names its sources. A class of
 * another preset has those of the class with its name, where that means the same in all presets; any other is a Tissue
 * (85756007, SNOMED CT), the widest type of PS3.16 CID 7166, in a colour that its label decides.
 */
public final class SegmentTable {
    private static final Code TISSUE = Code.sct("85756007", "Tissue");

    /** Colours for classes without one, told apart also by people who see red and green alike (Okabe and Ito 2008). */
    private static final List<DisplayColour> OTHERS = List.of(
            DisplayColour.of("#e69f00"),
            DisplayColour.of("#56b4e9"),
            DisplayColour.of("#009e73"),
            DisplayColour.of("#f0e442"),
            DisplayColour.of("#0072b2"),
            DisplayColour.of("#d55e00"),
            DisplayColour.of("#cc79a7"));

    private final Map<Key, SegmentCodes> known;

    private record Key(String preset, String className) {}

    private SegmentTable(Map<Key, SegmentCodes> known) {
        this.known = Map.copyOf(known);
    }

    /** The table that comes with the software. */
    public static SegmentTable standard() {
        try (InputStream in = SegmentTable.class.getResourceAsStream("segments.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<Key, SegmentCodes> known = new HashMap<>();
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(row -> known.put(new Key(row[0], row[1]), codes(row)));
            return new SegmentTable(known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SegmentCodes codes(String[] row) {
        return new SegmentCodes(
                code(row[2]).orElseThrow(),
                code(row[3]).orElseThrow(),
                code(row[4]),
                code(row[5]),
                DisplayColour.of(row[6]));
    }

    private static Optional<Code> code(String cell) {
        if (cell.equals("-")) {
            return Optional.empty();
        }
        String[] parts = cell.split("\\|");
        return Optional.of(Code.sct(parts[0], parts[1]));
    }

    /** Whether the class has codes of its own. */
    public boolean knows(String preset, String className) {
        return known.containsKey(new Key(preset, className));
    }

    /**
     * The codes of one class.
     *
     * @param preset the name of the preset
     * @param className the class in it
     * @param label its voxel value, 1 or more: decides the colour of a class without codes of its own
     */
    public SegmentCodes codes(String preset, String className, int label) {
        SegmentCodes codes = known.get(new Key(preset, className));
        if (codes != null) {
            return codes;
        }
        DisplayColour colour = OTHERS.get((label - 1) % OTHERS.size());
        return sameEverywhere(className)
                .map(same -> new SegmentCodes(same.category(), same.type(), same.modifier(), same.region(), colour))
                .orElse(new SegmentCodes(TISSUE, TISSUE, Optional.empty(), Optional.empty(), colour));
    }

    /** A tumor is one of the kidney here and one of the liver there: that name alone says too little. */
    private Optional<SegmentCodes> sameEverywhere(String className) {
        String name = className.toLowerCase(Locale.ROOT).replace('_', ' ');
        List<SegmentCodes> meanings = known.entrySet().stream()
                .filter(entry -> entry.getKey().className().equals(name))
                .map(Map.Entry::getValue)
                .toList();
        boolean anatomy = meanings.stream().allMatch(codes -> codes.region().isEmpty());
        boolean one = meanings.stream().map(SegmentCodes::type).distinct().count() == 1;
        return anatomy && one ? Optional.of(meanings.get(0)) : Optional.empty();
    }
}
