package io.deformux.dicom.series.folder;

import io.deformux.dicom.series.slice.SourceFile;
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

    /** UUIDs, the longer hexadecimal numbers of digests, and numbers. */
    private static final Pattern NUMBER =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|[0-9]+");

    /** What the name of a compressed file ends with, behind that of the file. */
    private static final Pattern COMPRESSED = Pattern.compile("\\.(gz|xz|bz2)$");

    private static final Pattern DIGITS = Pattern.compile("[0-9]*");

    private final Set<String> shapes;

    /** The names of the slices of a series. */
    SliceNames(Collection<SourceFile> slices) {
        this.shapes = slices.stream().map(file -> shape(file.path())).collect(Collectors.toSet());
    }

    /** Whether the end of the name says DICOM. */
    static boolean saysDicom(SourceFile file) {
        return DICOM_SUFFIXES.contains(suffix(unpacked(file.path())));
    }

    /** Whether the end of the name says that the file is compressed. */
    static boolean saysCompressed(SourceFile file) {
        return COMPRESSED.matcher(name(file.path())).find();
    }

    /** Whether the name is that of a slice but for its number, in the same folder. */
    boolean has(SourceFile file) {
        return shapes.contains(shape(file.path()));
    }

    /** Whether nothing in the name says that it is anything else: it has no suffix, or a number for one. */
    static boolean saysNothing(SourceFile file) {
        return DIGITS.matcher(suffix(name(file.path()))).matches();
    }

    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static String name(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static String unpacked(Path path) {
        return COMPRESSED.matcher(name(path)).replaceFirst("");
    }

    private static String shape(Path path) {
        return path.getParent() + "/" + NUMBER.matcher(unpacked(path)).replaceAll("#");
    }
}
