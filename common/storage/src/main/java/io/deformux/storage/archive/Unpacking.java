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
import java.util.zip.GZIPInputStream;

/** What came as one object, as an input: an archive becomes the folder of its files, anything else stays a file. */
public final class Unpacking {
    private static final String UNPACKED = "unpacked";

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] ZIP_WITHOUT_ENTRIES = {'P', 'K', 5, 6};

    /** POSIX pax interchange format: the magic of a tar header stands here. GNU tar has the same five letters. */
    private static final int TAR_MAGIC_OFFSET = 257;

    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

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
     * Whether an object is taken for an archive.
     *
     * @throws JobException STORAGE_UNAVAILABLE if it cannot be read
     */
    public static boolean isArchive(Path object) {
        return format(new ArchiveFile(object)).isPresent();
    }

    private static Optional<Format> format(ArchiveFile file) {
        byte[] start = start(file);
        if (startsWith(start, ZIP) || startsWith(start, ZIP_WITHOUT_ENTRIES)) {
            return Optional.of(ZipArchive::unpack);
        }
        return startsWith(start, GZIP) && holdsTar(file) ? Optional.of(TarGzArchive::unpack) : Optional.empty();
    }

    private interface Format {
        void unpack(ArchiveFile archive, EntryFolder target) throws IOException;
    }

    private static FetchedInput unpack(
            ArchiveFile archive, String sha256, Path folder, InputLimits limits, Format format) throws IOException {
        EntryFolder target = new EntryFolder(ScratchFile.folder(folder), limits, archive.size());
        format.unpack(archive, target);
        return new FetchedInput(target.path(), sha256, target.bytes(), target.files());
    }

    private static byte[] start(ArchiveFile file) {
        try (InputStream in = file.stream()) {
            return in.readNBytes(ZIP.length);
        } catch (IOException e) {
            throw ArchiveFile.failed(e);
        }
    }

    private static boolean startsWith(byte[] start, byte[] magic) {
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }

    private static boolean holdsTar(ArchiveFile gzip) {
        try (InputStream in = new GZIPInputStream(gzip.stream())) {
            byte[] start = in.readNBytes(TAR_MAGIC_OFFSET + TAR_MAGIC.length);
            return start.length > TAR_MAGIC_OFFSET
                    && Arrays.equals(start, TAR_MAGIC_OFFSET, start.length, TAR_MAGIC, 0, TAR_MAGIC.length);
        } catch (IOException e) {
            // Damaged before a tar header ends; what reads the file says more about it.
            return false;
        }
    }
}
