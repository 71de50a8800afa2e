package io.deformux.network.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The format of {@code torch.save} since 1.6 and of {@code torch.jit.save}: a ZIP with stored entries in one folder,
 * {@code data.pkl} and {@code data/KEY} per storage. An entry that is compressed or whose checksum is wrong is refused,
 * and all entries read are together no larger than the file, so entries that share bytes gain nothing.
 */
final class TorchZip implements Storages {
    private static final String PICKLE = "/data.pkl";

    private final ZipFile zip;
    private final String folder;
    private long bytesLeft;

    private TorchZip(ZipFile zip, String folder, long bytes) {
        this.zip = zip;
        this.folder = folder;
        this.bytesLeft = bytes;
    }

    static Checkpoint read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long size = Files.size(file);
            requireReadableNames(zip);
            return new TorchZip(zip, folder(zip), size).read(size);
        }
    }

    /** The JDK decodes names when it comes to them and throws {@link IllegalArgumentException} at one that is not UTF-8. */
    private static void requireReadableNames(ZipFile zip) {
        boolean readable = true;
        try {
            zip.stream().forEach(entry -> {});
        } catch (IllegalArgumentException e) {
            readable = false;
        }
        CheckpointRefusal.unless(readable, "a name in its ZIP directory is not text");
    }

    @Override
    public ByteBuffer read(StorageRef storage) throws IOException {
        ByteBuffer bytes = entry("/data/" + storage.key());
        CheckpointRefusal.unless(
                bytes.remaining() == storage.bytes(),
                "a storage has " + bytes.remaining() + " bytes instead of " + storage.bytes());
        return bytes;
    }

    private Checkpoint read(long size) throws IOException {
        if (zip.getEntry(folder + "/byteorder") != null) {
            String order = StandardCharsets.US_ASCII.decode(entry("/byteorder")).toString();
            CheckpointRefusal.unless(order.equals("little"), "its numbers are stored with the high byte first");
        }
        CheckpointFormat format = zip.getEntry(folder + "/constants.pkl") == null
                ? CheckpointFormat.PYTORCH_ZIP
                : CheckpointFormat.TORCHSCRIPT;
        ByteBuffer pickle = entry(PICKLE);
        CheckpointRefusal.unless(pickle.remaining() <= PickleInput.MOST_BYTES, "its pickle is larger than 64 MiB");
        Object saved = PickleMachine.run(PickleInput.of(pickle), new HashMap<>());
        return new Checkpoint(format, StateDict.of(saved).read(this, size));
    }

    private static String folder(ZipFile zip) {
        List<String> folders = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .toList();
        CheckpointRefusal.unless(folders.size() == 1, "it is a ZIP without one data.pkl, so not of PyTorch");
        return folders.get(0);
    }

    private ByteBuffer entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(folder + name);
        CheckpointRefusal.unless(entry != null, "it lacks the entry " + CheckpointRefusal.shown(name));
        CheckpointRefusal.unless(
                entry.getMethod() == ZipEntry.STORED && entry.getCompressedSize() == entry.getSize(),
                "its entry " + CheckpointRefusal.shown(name) + " is compressed, which PyTorch never does");
        long size = entry.getSize();
        CheckpointRefusal.unless(
                size >= 0 && size <= Math.min(bytesLeft, Integer.MAX_VALUE - 8),
                "its entries are larger than the file or than 2 GiB");
        bytesLeft -= size;
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes((int) size);
        }
        if (bytes.length < size) {
            throw new EOFException();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        CheckpointRefusal.unless(
                crc.getValue() == entry.getCrc(),
                "the checksum of its entry " + CheckpointRefusal.shown(name) + " is wrong; copy or save it again");
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
