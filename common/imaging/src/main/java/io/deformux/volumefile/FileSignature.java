package io.deformux.volumefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What people send beside what is read, known by its first bytes, so that a refusal can name it. */
public enum FileSignature {
    DICOMDIR("a DICOMDIR, the index of a medium: send the folder that it lies in", 0, ""),
    DICOM("a DICOM file: reference it as kind dicom", 128, "DICM"),
    ZIP("a zip archive inside the input: pack the files themselves", 0, "PK"),
    GZIP("compressed with gzip in a way that is not taken: unpack it and send what it holds", 0, "\u001f\u008b"),
    XZ("compressed with xz in a way that is not taken: unpack it and send what it holds", 0, "\u00fd7zXZ"),
    BZIP2("compressed with bzip2", 0, "BZh"),
    ZSTD("compressed with zstd", 0, "\u0028\u00b5\u002f\u00fd"),
    SEVEN_ZIP("a 7z archive", 0, "7z\u00bc\u00af"),
    RAR("a RAR archive", 0, "Rar!"),
    TAR("a tar archive inside the input: pack the files themselves", 257, "ustar"),
    PNG("a PNG picture", 0, "\u0089PNG"),
    JPEG("a JPEG picture", 0, "\u00ff\u00d8\u00ff"),
    PDF("a PDF document", 0, "%PDF"),
    MINC("a MINC or HDF5 file", 0, "\u0089HDF"),
    NETCDF("a MINC or NetCDF file", 0, "CDF");

    /** SOP class Media Storage Directory (PS3.6 Annex A), in the meta information of a DICOMDIR. */
    private static final String DIRECTORY_CLASS = "1.2.840.10008.1.3.10\0";

    private static final int LOOKED_AT = 1024;

    private final String words;
    private final int at;
    private final byte[] magic;

    FileSignature(String words, int at, String magic) {
        this.words = words;
        this.at = at;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What it is, to go on after "this is". */
    public String words() {
        return words;
    }

    /** The signature of a file; empty where none is known or it cannot be read. */
    public static Optional<FileSignature> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LOOKED_AT);
            return Arrays.stream(values()).filter(each -> each.isOf(start)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isOf(byte[] start) {
        return this == DICOMDIR
                ? DICOM.isOf(start) && new String(start, StandardCharsets.ISO_8859_1).contains(DIRECTORY_CLASS)
                : start.length >= at + magic.length
                        && Arrays.equals(start, at, at + magic.length, magic, 0, magic.length);
    }
}
