package io.deformux.network.gpu;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The arguments of a launch as C wants them: an array of the addresses of the values. It must stay reachable until the launch
 * returns: its memory ends with it.
 */
final class KernelArguments {
    private static final int CELL = 8;

    private final Memory values;
    private final Memory addresses;

    KernelArguments(Object... arguments) {
        values = new Memory((long) CELL * arguments.length);
        addresses = new Memory((long) Native.POINTER_SIZE * arguments.length);
        for (int n = 0; n < arguments.length; n++) {
            put((long) n * CELL, arguments[n]);
            addresses.setPointer((long) n * Native.POINTER_SIZE, values.share((long) n * CELL));
        }
    }

    private void put(long at, Object argument) {
        if (argument == null || argument instanceof Pointer) {
            values.setPointer(at, (Pointer) argument);
        } else if (argument instanceof Integer value) {
            values.setInt(at, value);
        } else if (argument instanceof Long value) {
            values.setLong(at, value);
        } else if (argument instanceof Float value) {
            values.setFloat(at, value);
        } else {
            throw new IllegalArgumentException("no kernel takes a " + argument.getClass());
        }
    }

    Pointer pointer() {
        return addresses;
    }
}
