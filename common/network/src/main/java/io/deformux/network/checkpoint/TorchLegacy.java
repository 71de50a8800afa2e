package io.deformux.network.checkpoint;

import io.deformux.network.checkpoint.Python.Dict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} before 1.6: five pickles (magic number, protocol version, system, the saved object,
 * the keys of its storages), then each storage in the order of the keys: the number of values as 64 bits, little endian,
 * and the values.
 */
final class TorchLegacy implements Storages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long PROTOCOL = 1001L;

    private final FileChannel file;
    private final Map<String, Long> positions = new HashMap<>();

    private TorchLegacy(FileChannel file) {
        this.file = file;
    }

    static Checkpoint read(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return new TorchLegacy(file).read();
        }
    }

    @Override
    public ByteBuffer read(StorageRef storage) throws IOException {
        Long position = positions.get(storage.key());
        CheckpointRefusal.unless(position != null, "it lacks the storage " + CheckpointRefusal.shown(storage.key()));
        return FileRange.read(file, position, storage.bytes());
    }

    private Checkpoint read() throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(file), 1 << 16);
        PickleInput pickles = new PickleInput(in, Math.min(file.size(), PickleInput.MOST_BYTES));
        Map<String, StorageRef> storages = new HashMap<>();
        Object magic = PickleMachine.run(pickles, storages);
        Object protocol = PickleMachine.run(pickles, storages);
        CheckpointRefusal.unless(
                MAGIC.equals(magic) && PROTOCOL.equals(protocol), "it is a pickle, but not of PyTorch");
        CheckpointRefusal.unless(
                PickleMachine.run(pickles, storages) instanceof Dict system
                        && Boolean.TRUE.equals(system.entries().get("little_endian")),
                "its numbers are stored with the high byte first");
        StateDict saved = StateDict.of(PickleMachine.run(pickles, storages));
        locate(PickleMachine.run(pickles, storages), storages, pickles.position());
        return new Checkpoint(CheckpointFormat.PYTORCH_LEGACY, saved.read(this, file.size()));
    }

    private void locate(Object keys, Map<String, StorageRef> storages, long start) throws IOException {
        if (!(keys instanceof List<?> list)) {
            throw CheckpointRefusal.because("the keys of its storages are no list");
        }
        long at = start;
        for (Object key : list) {
            StorageRef storage = key instanceof String name ? storages.get(name) : null;
            CheckpointRefusal.unless(storage != null, "it lists a storage that its pickle does not mention");
            long count = FileRange.read(file, at, Long.BYTES).getLong();
            CheckpointRefusal.unless(
                    count == storage.count(), "a storage has " + count + " values instead of " + storage.count());
            positions.put(storage.key(), at + Long.BYTES);
            at += Long.BYTES + storage.bytes();
        }
    }
}
