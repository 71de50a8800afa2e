package io.deformux.network.torchscript;

import io.deformux.network.weights.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The few opcodes of Python's pickle protocol 2 (PEP 307; pickletools lists them) that a TorchScript archive needs:
 * objects with a dictionary of attributes, booleans, numbers, and tensors whose bytes lie elsewhere in the archive.
 */
public final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        out.write(0x80);
        out.write(2);
    }

    /** An empty tuple, which is what an archive without constants holds. */
    PickleWriter emptyTuple() {
        out.write(')');
        return this;
    }

    /** An object of a class, made without arguments, and its attributes: each writes one value. */
    void object(String qualifiedType, Map<String, Runnable> attributes) {
        int dot = qualifiedType.lastIndexOf('.');
        global(qualifiedType.substring(0, dot) + " " + qualifiedType.substring(dot + 1));
        out.write(')');
        out.write(0x81);
        out.write('}');
        out.write('(');
        attributes.forEach((name, value) -> {
            string(name);
            value.run();
        });
        out.write('u');
        out.write('b');
    }

    /** Remembers the value just written under a number, as the unpickler must. */
    void remember(int number) {
        out.write('r');
        littleEndian(number);
    }

    /** The value remembered under a number, once more. */
    void recall(int number) {
        out.write('j');
        littleEndian(number);
    }

    /** A list of tensors with nothing in it. */
    void noTensors() {
        global("torch.jit._pickle build_tensorlist");
        tuple(() -> out.write(']'));
        out.write('R');
    }

    /** A boolean. */
    void bool(boolean value) {
        out.write(value ? 0x88 : 0x89);
    }

    /** A contiguous tensor that is a whole storage, the archive's {@code data/KEY}; it may ask for a gradient. */
    void tensor(String storageType, String key, int[] shape, int[] strides, boolean learned) {
        tensor(storageType, key, Tensor.length(shape), shape, learned, () -> {
            for (int stride : strides) {
                integer(stride);
            }
        });
    }

    /** A tensor of which every element is the one value of the storage. */
    void sizes(String storageType, String key, int[] shape) {
        tensor(storageType, key, 1, shape, false, () -> {
            for (int axis = 0; axis < shape.length; axis++) {
                integer(0);
            }
        });
    }

    private void tensor(String storageType, String key, long count, int[] shape, boolean learned, Runnable strides) {
        global("torch._utils _rebuild_tensor_v2");
        tuple(() -> {
            tuple(() -> {
                string("storage");
                global(storageType);
                string(key);
                string("cpu");
                integer(count);
            });
            out.write('Q');
            integer(0);
            tuple(() -> {
                for (int size : shape) {
                    integer(size);
                }
            });
            tuple(strides);
            bool(learned);
            global("collections OrderedDict");
            out.write(')');
            out.write('R');
        });
        out.write('R');
    }

    /** Ends the pickle and gives its bytes. */
    byte[] bytes() {
        out.write('.');
        return out.toByteArray();
    }

    private void tuple(Runnable items) {
        out.write('(');
        items.run();
        out.write('t');
    }

    /** A class, as module and name separated by a space. */
    private void global(String moduleAndName) {
        out.write('c');
        out.writeBytes((moduleAndName.replace(' ', '\n') + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        littleEndian(utf8.length);
        out.writeBytes(utf8);
    }

    /** An integer. */
    void integer(long value) {
        out.write('J');
        littleEndian(Math.toIntExact(value));
    }

    /** A number: eight bytes, the highest first. */
    void number(double value) {
        out.write('G');
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
    }

    private void littleEndian(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >>> shift);
        }
    }
}
