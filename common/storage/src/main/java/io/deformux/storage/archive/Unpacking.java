package io.deformux.storage.archive;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.IoReason;
import io.deformux.storage.ScratchFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;

/**
 * What came as one object, as an input: an archive becomes the folder of its files, a DICOM file that was compressed as a
 * whole a folder that holds it, anything else stays a file.
 */
public final class Unpacking {
    private static final String UNPACKED = "unpacked";

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] ZIP_WITHOUT_ENTRIES = {'P', 'K', 5, 6};

    /** POSIX pax interchange format: the magic of a tar header stands here. GNU tar has the same five letters. */
    private static final int TAR_MAGIC_OFFSET = 257;

    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    /** DICOM PS3.10 section 7.1: behind the preamble. */
    private static final int DICOM_MAGIC_OFFSET = 128;

    private static final byte[] DICOM_MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);

    /** What a compressed DICOM file is called when it is unpacked. */
    private static final String DICOM_NAME = "scan.dcm";

    private Unpacking() {}

    /**
     * Opens an object of a scratch directory; an archive is deleted once it is unpacked beside itself.
     *
     * @param sha256 its digest, which becomes that of the input, unpacked or not
     * @throws JobException as {@link #open(Path, String, Path, InputLimits)} does
     */
    public static FetchedInput open(Path object, String sha256, InputLimits limits) {
        FetchedInput input = open(object, sha256, object.getParent(), limits);
        try {
            if (!input.path().equals(object)) {
                Files.delete(object);
            }
        } catch (IOException e) {
            throw new JobException(FailureCode.SCRATCH_UNAVAILABLE, "the scratch disk failed: " + IoReason.of(e));
        }
        return input;
    }

    /**
     * Opens an object and leaves it as it is.
     *
     * @param sha256 its digest, which becomes that of the input, unpacked or not
     * @param scratch where a folder is made for the files of an archive
     * @throws JobException ARCHIVE_INVALID, INPUT_TOO_LARGE, INPUT_TRUNCATED for a damaged archive,
     *     STORAGE_UNAVAILABLE for the object's disk or the scratch disk, JOB_CANCELLED
     */
    public static FetchedInput open(Path object, String sha256, Path scratch, InputLimits limits) {
        ArchiveFile file = new ArchiveFile(object);
        try {
            Optional<Format> format = format(file);
            return format.isPresent()
                    ? unpack(file, sha256, scratch.resolve(UNPACKED), limits, format.get())
                    : new FetchedInput(object, sha256, file.size(), 1);
        } catch (JobException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library meets damage with either. Its messages hold names of entries, so they stay out.
            throw new JobException(
                    FailureCode.INPUT_TRUNCATED, "the archive is damaged or ends early; pack and send it again");
        }
    }

    /**
     * Whether an object is unpacked: an archive, or a DICOM file that was compressed as a whole.
     *
     * @throws JobException STORAGE_UNAVAILABLE if it cannot be read
     */
    public static boolean isArchive(Path object) {
        return format(new ArchiveFile(object)).isPresent();
    }

    private static Optional<Format> format(ArchiveFile file) {
        byte[] start = start(file);
        if (startsWith(start, 0, ZIP) || startsWith(start, 0, ZIP_WITHOUT_ENTRIES)) {
            return Optional.of(ZipArchive::unpack);
        }
        Compression compression = Compression.of(start);
        byte[] content = content(file, compression);
        if (startsWith(content, TAR_MAGIC_OFFSET, TAR_MAGIC)) {
            return Optional.of((archive, target) -> TarArchive.unpack(archive, compression, target));
        }
        boolean compressedDicom =
                compression != Compression.NONE && startsWith(content, DICOM_MAGIC_OFFSET, DICOM_MAGIC);
        return compressedDicom
                ? Optional.of((archive, target) -> unpackOne(archive, compression, target))
                : Optional.empty();
    }

    private interface Format {
        void unpack(ArchiveFile archive, EntryFolder target) throws IOException;
    }

    private static void unpackOne(ArchiveFile archive, Compression compression, EntryFolder target) throws IOException {
        try (InputStream content = compression.open(archive.stream())) {
            target.addFile(DICOM_NAME, content);
        }
    }

    private static FetchedInput unpack(
            ArchiveFile archive, String sha256, Path folder, InputLimits limits, Format format) throws IOException {
        EntryFolder target = new EntryFolder(ScratchFile.folder(folder), limits, archive.size());
        format.unpack(archive, target);
        return new FetchedInput(target.path(), sha256, target.bytes(), target.files());
    }

    private static byte[] start(ArchiveFile file) {
        try (InputStream in = file.stream()) {
            return in.readNBytes(TAR_MAGIC_OFFSET + TAR_MAGIC.length);
        } catch (IOException e) {
            throw ArchiveFile.failed(e);
        }
    }

    private static boolean startsWith(byte[] start, int at, byte[] magic) {
        return start.length >= at + magic.length && Arrays.equals(start, at, at + magic.length, magic, 0, magic.length);
    }

    /** The first bytes of what is compressed. */
    private static byte[] content(ArchiveFile file, Compression compression) {
        try (InputStream in = compression.open(file.stream())) {
            return in.readNBytes(TAR_MAGIC_OFFSET + TAR_MAGIC.length);
        } catch (MemoryLimitException e) {
            throw EntryFolder.invalid("xz blocks that need much memory to unpack");
        } catch (IOException e) {
            // Damaged before a header ends; what reads the file says more about it.
            return new byte[0];
        }
    }
}
