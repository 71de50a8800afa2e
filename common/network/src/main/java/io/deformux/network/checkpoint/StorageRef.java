package io.deformux.network.checkpoint;

/**
 * A run of values that lies elsewhere in the checkpoint; tensors are views of it.
 *
 * @param key its name within the checkpoint
 * @param type how its values are stored
 * @param count how many values it has, as the pickle states
 */
record StorageRef(String key, ElementType type, long count) {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    StorageRef {
        CheckpointRefusal.unless(
                count >= 0 && count <= MOST_BYTES / type.bytes(),
                "a storage states " + count + " values; the limit is " + MOST_BYTES / type.bytes());
    }

    int bytes() {
        return (int) (count * type.bytes());
    }
}
