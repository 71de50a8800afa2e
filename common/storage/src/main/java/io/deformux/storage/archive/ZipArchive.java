package io.deformux.storage.archive;

import static io.deformux.storage.archive.EntryFolder.invalid;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Zip (PKWARE APPNOTE), stored or deflated, by its central directory. */
final class ZipArchive {
    private ZipArchive() {}

    static void unpack(ArchiveFile archive, EntryFolder target) throws IOException {
        try (SeekableByteChannel file = archive.channel();
                DirectoryBound bound = new DirectoryBound(file, target.limits().maxFiles());
                ZipFile zip = ZipFile.builder()
                        .setSeekableByteChannel(bound)
                        .setIgnoreLocalFileHeader(true)
                        .get()) {
            bound.lift();
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                unpack(zip, entry, target);
            }
        }
    }

    private static void unpack(ZipFile zip, ZipArchiveEntry entry, EntryFolder target) throws IOException {
        if (entry.isDirectory()) {
            target.addFolder(entry.getName());
            return;
        }
        check(entry);
        try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            target.addFile(entry.getName(), content);
            if (content.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("CRC-32 differs");
            }
        }
    }

    private static void check(ZipArchiveEntry entry) {
        int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
        if (type != 0 && type != UnixStat.FILE_FLAG) {
            throw invalid("a link or a device");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw invalid("an encrypted file");
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw invalid("a file that is neither stored nor deflated");
        }
    }
}
