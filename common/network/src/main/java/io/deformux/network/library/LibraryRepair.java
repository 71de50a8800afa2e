package io.deformux.network.library;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a copy of libtorch in the cache folder with a known fault corrected. The original is only read. A copy is made once,
 * in a folder beside its place that then moves there whole; processes that want it at the same time wait for each other.
 */
final class LibraryRepair {
    private static final String UNFINISHED = "unfinished-";
    /** Room that a disk should have left. */
    private static final long SPARE_BYTES = 64L << 20;

    private final Path folder;
    private final List<KnownFault> faults;
    private final FileDigests digests;

    LibraryRepair(Path cacheFolder, List<KnownFault> faults, FileDigests digests) {
        this.folder = cacheFolder.resolve("libtorch");
        this.faults = List.copyOf(faults);
        this.digests = digests;
    }

    /** The corrected copy of a library, made if it is not there or no longer what it was. */
    RepairOutcome of(Libtorch original) {
        try {
            Optional<LibraryFile> core = original.core();
            if (core.isEmpty()) {
                return new RepairOutcome.NotPossible("its file is not known");
            }
            String digest = digests.of(core.get());
            Optional<KnownFault> fault = faults.stream()
                    .filter(known -> known.sha256().equals(digest))
                    .findFirst();
            return fault.isPresent()
                    ? locked(original, fault.get())
                    : new RepairOutcome.NotPossible("this build of it (SHA-256 " + digest + ") is not a known one");
        } catch (IOException | OverlappingFileLockException e) {
            return new RepairOutcome.NotPossible("no copy can be made in " + folder + ": " + e);
        }
    }

    private RepairOutcome locked(Libtorch original, KnownFault fault) throws IOException {
        makeFolder();
        if (othersMayWrite()) {
            return new RepairOutcome.NotPossible(
                    "others may write in " + folder + ": take that right away, or set DEFORMUX_CACHE");
        }
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path copy = folder.resolve(fault.correctedSha256());
            if (!intact(copy, original, fault)) {
                deleteUnfinished();
                long room = Files.getFileStore(folder).getUsableSpace();
                long needed = size(original) + SPARE_BYTES;
                if (room < needed) {
                    return new RepairOutcome.NotPossible("a copy in " + folder + " needs " + (needed >> 20)
                            + " MiB, and " + (room >> 20) + " are free");
                }
                make(copy, original, fault);
            }
            return new RepairOutcome.Repaired(Libtorch.inFolder(copy, original.version(), original.flavor(), false));
        }
    }

    /** What lies there is run, so it is nobody else's business. */
    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            PosixFileAttributeView rights = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            if (rights != null) {
                rights.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private boolean othersMayWrite() throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (rights == null) {
            return false;
        }
        Set<PosixFilePermission> given = rights.readAttributes().permissions();
        return given.contains(PosixFilePermission.GROUP_WRITE) || given.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Whether each file is what it should be, and there is no other: DJL loads whatever library it finds. */
    private boolean intact(Path copy, Libtorch original, KnownFault fault) throws IOException {
        for (LibraryFile file : original.files()) {
            Path there = copy.resolve(file.name());
            if (!Files.isRegularFile(there)) {
                return false;
            }
            String expected = isCore(file) ? fault.correctedSha256() : digests.of(file);
            if (!digests.of(LibraryFile.of(there)).equals(expected)) {
                return false;
            }
        }
        try (Stream<Path> there = Files.list(copy)) {
            return there.count() == original.files().size();
        }
    }

    private void make(Path copy, Libtorch original, KnownFault fault) throws IOException {
        FileTree unfinished = new FileTree(Files.createTempDirectory(folder, UNFINISHED));
        try {
            for (LibraryFile file : original.files()) {
                copy(file, unfinished.root(), fault);
            }
            correct(unfinished.root().resolve(Libtorch.coreName()), fault);
            new FileTree(copy).delete();
            Files.move(unfinished.root(), copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            unfinished.delete();
        }
        if (!intact(copy, original, fault)) {
            new FileTree(copy).delete();
            throw new IOException("the corrected copy is not what it should be");
        }
    }

    private static void copy(LibraryFile file, Path to, KnownFault fault) throws IOException {
        try (OutputStream out = Files.newOutputStream(to.resolve(file.name()), StandardOpenOption.CREATE_NEW)) {
            String digest = FileDigests.copy(file, out);
            if (isCore(file) && !digest.equals(fault.sha256())) {
                throw new IOException(file.name() + " changed while it was read");
            }
        }
    }

    private static void correct(Path core, KnownFault fault) throws IOException {
        ElfSymbols.Code code = ElfSymbols.of(core)
                .find(fault.symbol())
                .orElseThrow(() -> new IOException("it has no function " + fault.symbol()));
        try (RandomAccessFile file = new RandomAccessFile(core.toFile(), "rw")) {
            byte[] there = new byte[fault.code().length];
            if (code.length() < there.length) {
                throw new IOException("the function is shorter than what replaces it");
            }
            file.seek(code.offset());
            file.readFully(there);
            if (!Arrays.equals(there, fault.code())) {
                throw new IOException("the function's code is not the known one");
            }
            file.seek(code.offset());
            file.write(fault.replacement());
            file.getFD().sync();
        }
    }

    private static boolean isCore(LibraryFile file) {
        return file.name().equals(Libtorch.coreName());
    }

    private static long size(Libtorch library) throws IOException {
        long size = 0;
        for (LibraryFile file : library.files()) {
            size += file.length();
        }
        return size;
    }

    /** What a process left that was killed while it copied; nobody else copies now. */
    private void deleteUnfinished() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(
                            path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .toList()) {
                new FileTree(entry).delete();
            }
        }
    }
}
