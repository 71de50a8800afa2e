package io.deformux.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the names in folders on the disk, as POSIX systems need it beside the bytes of files; elsewhere it does nothing. It
 * owns open folders; close it. One thread.
 */
final class FolderSync implements Closeable {
    private static final boolean NEEDED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final List<FileChannel> folders = new ArrayList<>();

    private FolderSync() {}

    /** Opens folders, whatever they are called afterwards. */
    static FolderSync open(Path... folders) throws IOException {
        FolderSync sync = new FolderSync();
        try {
            for (Path folder : NEEDED ? folders : new Path[0]) {
                sync.folders.add(FileChannel.open(folder, StandardOpenOption.READ));
            }
            return sync;
        } catch (IOException e) {
            sync.close();
            throw e;
        }
    }

    /** Returns once what was made or renamed in these folders is on the disk. */
    static void of(Path... folders) throws IOException {
        try (FolderSync sync = open(folders)) {
            sync.force();
        }
    }

    /** Returns once what was made or renamed in them is on the disk. */
    void force() throws IOException {
        for (FileChannel folder : folders) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel folder : folders) {
            folder.close();
        }
    }
}
