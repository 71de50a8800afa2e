package io.deformux.network.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of the storages of one checkpoint. */
interface Storages {
    /** All bytes of a storage, little endian; refuses one that is not there or has another size than stated. */
    ByteBuffer read(StorageRef storage) throws IOException;
}
