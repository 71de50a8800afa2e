package io.deformux.storage.archive;

import static io.deformux.storage.archive.EntryFolder.invalid;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Tar (POSIX ustar and pax, GNU), plain or compressed. */
final class TarArchive {
    /** Headers of one entry, with long names and extended attributes; the library keeps them in memory. */
    private static final long MAX_HEADER_BYTES = 1L << 20;

    private TarArchive() {}

    static void unpack(ArchiveFile archive, Compression compression, EntryFolder target) throws IOException {
        try (InputStream file = archive.stream();
                HeaderBound bound = new HeaderBound(compression.open(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(bound)) {
            for (TarArchiveEntry entry = next(tar, bound); entry != null; entry = next(tar, bound)) {
                bound.left = Long.MAX_VALUE;
                unpack(tar, entry, target);
            }
            // To the end of what is compressed, for the sake of its checksums.
            bound.left = MAX_HEADER_BYTES;
            new BufferedInputStream(bound).transferTo(OutputStream.nullOutputStream());
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, HeaderBound bound) throws IOException {
        bound.left = MAX_HEADER_BYTES;
        return tar.getNextEntry();
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, EntryFolder target)
            throws IOException {
        if (entry.isDirectory()) {
            target.addFolder(entry.getName());
            return;
        }
        boolean plain = entry.getLinkFlag() == TarArchiveEntry.LF_NORMAL
                || entry.getLinkFlag() == TarArchiveEntry.LF_OLDNORM
                || entry.getLinkFlag() == TarArchiveEntry.LF_CONTIG;
        if (!plain || entry.isSparse()) {
            throw invalid("a link, a device or a sparse file");
        }
        target.addFile(entry.getName(), tar);
    }

    /** A stream that gives only {@link #left} more bytes. */
    private static final class HeaderBound extends FilterInputStream {
        private long left = MAX_HEADER_BYTES;

        HeaderBound(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            spend(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            spend(n);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            spend(skipped);
            return skipped;
        }

        private void spend(long n) {
            left -= Math.max(n, 0);
            if (left < 0) {
                throw invalid("more than " + MAX_HEADER_BYTES + " bytes between two files");
            }
        }
    }
}
