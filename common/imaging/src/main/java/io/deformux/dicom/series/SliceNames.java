package io.deformux.dicom.series;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a file that is not DICOM is named as if it were a slice: then it is damaged, and a series without it would be a
 * shorter one. Names are never told.
 */
final class SliceNames {
    private static final Set<String> DICOM_SUFFIXES = Set.of("dcm", "dicom", "ima");

    /** Numbers, and the longer hexadecimal ones of UUIDs and digests. */
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8,}|[0-9]+");

    private static final Pattern DIGITS = Pattern.compile("[0-9]*");

    private final Set<String> shapes;

    /** The names of the slices of a series. */
    SliceNames(Collection<SourceFile> slices) {
        this.shapes = slices.stream().map(file -> shape(file.path())).collect(Collectors.toSet());
    }

    /** Whether the end of the name says DICOM. */
    static boolean saysDicom(SourceFile file) {
        return DICOM_SUFFIXES.contains(suffix(file));
    }

    /** Whether the name is that of a slice but for its number, in the same folder. */
    boolean has(SourceFile file) {
        return shapes.contains(shape(file.path()));
    }

    /** Whether nothing in the name says that it is anything else: it has no suffix, or a number for one. */
    static boolean saysNothing(SourceFile file) {
        return DIGITS.matcher(suffix(file)).matches();
    }

    private static String suffix(SourceFile file) {
        String name = file.path().getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String shape(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return path.getParent() + "/" + NUMBER.matcher(name).replaceAll("#");
    }
}
