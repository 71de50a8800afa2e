package io.deformux.network.checkpoint;

import io.deformux.network.checkpoint.Python.Dict;
import io.deformux.network.checkpoint.Python.Function;
import io.deformux.network.checkpoint.Python.Module;
import io.deformux.network.checkpoint.Python.ModuleClass;
import io.deformux.network.checkpoint.Python.Tuple;
import io.deformux.network.checkpoint.Python.Unused;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one pickle, a program for a stack machine. It takes the opcodes that PyTorch writes (protocols 2 to 5; Python's
 * module {@code pickletools} describes each) and refuses any other. {@link PickleGlobals} holds the only names it knows.
 *
 * <p>The number of opcodes is limited, and no opcode takes more time or memory than the bytes it reads or the stack
 * items it consumes, so the whole is bounded. It does not recurse: nesting costs nothing here.
 */
final class PickleMachine {
    /**
     * What is beside the weights takes most: nnU-Net's log 14 steps for each of (classes + 4) x epochs numbers, so that
     * there is room for 700 classes and 1000 epochs. A step leaves less than 100 bytes, all of them less than 1 GB.
     */
    private static final int MOST_OPCODES = 10_000_000;

    private final PickleInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, StorageRef> storages;

    private PickleMachine(PickleInput in, Map<String, StorageRef> storages) {
        this.in = in;
        this.storages = storages;
    }

    /**
     * Runs the pickle that starts here, up to and including its STOP, and gives its value.
     *
     * @param storages takes every storage that the pickle mentions, by its key
     */
    static Object run(PickleInput in, Map<String, StorageRef> storages) throws IOException {
        PickleMachine machine = new PickleMachine(in, storages);
        for (int n = 0; n < MOST_OPCODES; n++) {
            int opcode = in.u8();
            if (opcode == '.') {
                return machine.stack.pop();
            }
            machine.step(opcode);
        }
        throw CheckpointRefusal.because("its pickle has more than " + MOST_OPCODES + " steps");
    }

    private void step(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(in.u8());
            case 0x95 -> in.i64(); // FRAME: how much to read ahead
            case '(' -> stack.mark();
            case '0' -> stack.pop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            case 'N' -> stack.push(null);
            case 0x88 -> stack.push(Boolean.TRUE);
            case 0x89 -> stack.push(Boolean.FALSE);
            case 'J' -> stack.push((long) in.i32());
            case 'K' -> stack.push((long) in.u8());
            case 'M' -> stack.push((long) in.u16());
            case 0x8a -> stack.push(integer(in.bytes(in.u8())));
            case 'G' -> stack.push(in.f64());
            case 'X' -> stack.push(in.text(Integer.toUnsignedLong(in.i32()), StandardCharsets.UTF_8));
            case 0x8c -> stack.push(in.text(in.u8(), StandardCharsets.UTF_8));
            case 'T' -> stack.push(in.text(Integer.toUnsignedLong(in.i32()), StandardCharsets.ISO_8859_1));
            case 'U' -> stack.push(in.text(in.u8(), StandardCharsets.ISO_8859_1));
            case 'B' -> unused(Integer.toUnsignedLong(in.i32()));
            case 'C' -> unused(in.u8());
            case ')' -> stack.push(new Tuple(List.of()));
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case 0x85 -> stack.push(new Tuple(stack.pop(1)));
            case 0x86 -> stack.push(new Tuple(stack.pop(2)));
            case 0x87 -> stack.push(new Tuple(stack.pop(3)));
            case ']' -> stack.push(new ArrayList<>());
            case 'a' -> append(stack.pop(1));
            case 'e' -> append(stack.popToMark());
            case '}' -> stack.push(new Dict());
            case 's' -> set(stack.pop(2));
            case 'u' -> set(stack.popToMark());
            case 'c' -> stack.push(PickleGlobals.find(in.line(), in.line()));
            case 0x93 -> stack.push(global(stack.pop(2)));
            case 'i' -> {
                PickleGlobals.find(in.line(), in.line());
                throw refused(opcode);
            }
            case 'R' -> stack.push(call(stack.pop(2)));
            case 0x81 -> stack.push(module(stack.pop(2)));
            case 'b' -> build(stack.pop());
            case 'Q' -> stack.push(storage(stack.pop()));
            case 'q' -> memo.put(in.u8(), stack.peek());
            case 'r' -> memo.put(in.i32(), stack.peek());
            case 0x94 -> memo.put(memo.size(), stack.peek());
            case 'h' -> recall(in.u8());
            case 'j' -> recall(in.i32());
            default -> throw refused(opcode);
        }
    }

    private RuntimeException refused(int opcode) {
        return CheckpointRefusal.because("its pickle has the opcode 0x" + Integer.toHexString(opcode) + " at byte "
                + (in.position() - 1) + ", which weights do not need");
    }

    private static void protocol(int version) {
        CheckpointRefusal.unless(
                version >= 2 && version <= 5, "its pickle has protocol " + version + " and not 2 to 5");
    }

    private static Object integer(byte[] littleEndian) {
        byte[] bytes = new byte[littleEndian.length + 1];
        for (int n = 0; n < littleEndian.length; n++) {
            bytes[littleEndian.length - n] = littleEndian[n];
        }
        boolean negative = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0;
        bytes[0] = (byte) (negative ? -1 : 0);
        BigInteger value = new BigInteger(bytes);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private void unused(long length) throws IOException {
        in.bytes(length);
        stack.push(Unused.VALUE);
    }

    private void append(List<Object> items) {
        if (!(stack.peek() instanceof ArrayList<?>)) {
            throw CheckpointRefusal.because("its pickle appends to what is no list");
        }
        @SuppressWarnings("unchecked") // every ArrayList on the stack was made as one of Object
        List<Object> list = (List<Object>) stack.peek();
        list.addAll(items);
    }

    private void set(List<Object> keysAndValues) {
        if (!(stack.peek() instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
            throw CheckpointRefusal.because("its pickle sets an entry of what is no dictionary");
        }
        for (int n = 0; n < keysAndValues.size(); n += 2) {
            dict.put(keysAndValues.get(n), keysAndValues.get(n + 1));
        }
    }

    private static Object global(List<Object> moduleAndName) {
        if (moduleAndName.get(0) instanceof String module && moduleAndName.get(1) instanceof String name) {
            return PickleGlobals.find(module, name);
        }
        throw CheckpointRefusal.because("its pickle asks for a name that is no text");
    }

    private static Object call(List<Object> functionAndArguments) {
        if (functionAndArguments.get(0) instanceof Function function
                && functionAndArguments.get(1) instanceof Tuple arguments) {
            return function.call(arguments);
        }
        throw CheckpointRefusal.because("its pickle calls something that is no function of the allowed ones");
    }

    private static Object module(List<Object> typeAndArguments) {
        if (typeAndArguments.get(0) instanceof ModuleClass
                && typeAndArguments.get(1) instanceof Tuple arguments
                && arguments.items().isEmpty()) {
            return new Module();
        }
        throw CheckpointRefusal.because("its pickle makes an object that is no TorchScript module");
    }

    /** Attributes for the object on top. Those of a dictionary, such as a state dict's versions, are not needed. */
    private void build(Object state) {
        Object target = stack.peek();
        if (target instanceof Module module && state instanceof Dict attributes) {
            module.set(attributes);
        } else if (!(target instanceof Dict) && target != Unused.VALUE) {
            throw CheckpointRefusal.because("its pickle sets the state of an object, which could run code");
        }
    }

    /** ("storage", class, key, device, count), in the legacy format followed by a view, which is none today. */
    private StorageRef storage(Object id) {
        if (id instanceof Tuple tuple
                && (tuple.items().size() == 5
                        || tuple.items().size() == 6 && tuple.items().get(5) == null)
                && "storage".equals(tuple.items().get(0))
                && tuple.items().get(1) instanceof ElementType type
                && tuple.items().get(2) instanceof String key
                && tuple.items().get(4) instanceof Long count) {
            StorageRef storage = new StorageRef(key, type, count);
            StorageRef known = storages.putIfAbsent(key, storage);
            CheckpointRefusal.unless(
                    known == null || known.equals(storage), "its pickle describes one storage in two ways");
            return storage;
        }
        throw CheckpointRefusal.because("its pickle describes a storage in an unusual way");
    }

    private void recall(int index) {
        CheckpointRefusal.unless(memo.containsKey(index), "its pickle recalls a value that it did not keep");
        stack.push(memo.get(index));
    }
}
