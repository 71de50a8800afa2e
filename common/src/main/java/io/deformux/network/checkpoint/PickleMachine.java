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
    private static final int MOST_OPCODES = 1_000_000;

    private final PickleInput in;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
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
                return machine.pop();
            }
            machine.step(opcode);
        }
        throw Refusal.because("its pickle has more than " + MOST_OPCODES + " steps");
    }

    private void step(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(in.u8());
            case 0x95 -> in.i64(); // FRAME: how much to read ahead
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(peek());
            case 'N' -> push(null);
            case 0x88 -> push(Boolean.TRUE);
            case 0x89 -> push(Boolean.FALSE);
            case 'J' -> push((long) in.i32());
            case 'K' -> push((long) in.u8());
            case 'M' -> push((long) in.u16());
            case 0x8a -> push(integer(in.bytes(in.u8())));
            case 'G' -> push(in.f64());
            case 'X' -> push(in.text(Integer.toUnsignedLong(in.i32()), StandardCharsets.UTF_8));
            case 0x8c -> push(in.text(in.u8(), StandardCharsets.UTF_8));
            case 'T' -> push(in.text(Integer.toUnsignedLong(in.i32()), StandardCharsets.ISO_8859_1));
            case 'U' -> push(in.text(in.u8(), StandardCharsets.ISO_8859_1));
            case 'B' -> unused(Integer.toUnsignedLong(in.i32()));
            case 'C' -> unused(in.u8());
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(popToMark()));
            case 0x85 -> push(new Tuple(pop(1)));
            case 0x86 -> push(new Tuple(pop(2)));
            case 0x87 -> push(new Tuple(pop(3)));
            case ']' -> push(new ArrayList<>());
            case 'a' -> append(pop(1));
            case 'e' -> append(popToMark());
            case '}' -> push(new Dict());
            case 's' -> set(pop(2));
            case 'u' -> set(popToMark());
            case 'c' -> push(PickleGlobals.find(in.line(), in.line()));
            case 0x93 -> push(global(pop(2)));
            case 'i' -> {
                PickleGlobals.find(in.line(), in.line());
                throw refused(opcode);
            }
            case 'R' -> push(call(pop(2)));
            case 0x81 -> push(module(pop(2)));
            case 'b' -> build(pop());
            case 'Q' -> push(storage(pop()));
            case 'q' -> memo.put(in.u8(), peek());
            case 'r' -> memo.put(in.i32(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> recall(in.u8());
            case 'j' -> recall(in.i32());
            default -> throw refused(opcode);
        }
    }

    private RuntimeException refused(int opcode) {
        return Refusal.because("its pickle has the opcode 0x" + Integer.toHexString(opcode) + " at byte "
                + (in.position() - 1) + ", which weights do not need");
    }

    private static void protocol(int version) {
        Refusal.unless(version >= 2 && version <= 5, "its pickle has protocol " + version + " and not 2 to 5");
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return pop(1).get(0);
    }

    private Object peek() {
        Object top = pop();
        push(top);
        return top;
    }

    private List<Object> pop(int n) {
        Refusal.unless(stack.size() >= n, "its pickle takes more values than it made");
        return cut(stack.size() - n);
    }

    private List<Object> popToMark() {
        Refusal.unless(!marks.isEmpty(), "its pickle takes values up to a mark that it did not set");
        int mark = marks.remove(marks.size() - 1);
        Refusal.unless(mark <= stack.size(), "its pickle takes more values than it made");
        return cut(mark);
    }

    private List<Object> cut(int from) {
        List<Object> top = stack.subList(from, stack.size());
        List<Object> taken = new ArrayList<>(top);
        top.clear();
        return taken;
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
        push(Unused.VALUE);
    }

    private void append(List<Object> items) {
        if (!(peek() instanceof ArrayList<?>)) {
            throw Refusal.because("its pickle appends to what is no list");
        }
        @SuppressWarnings("unchecked") // every ArrayList on the stack was made as one of Object
        List<Object> list = (List<Object>) peek();
        list.addAll(items);
    }

    private void set(List<Object> keysAndValues) {
        if (!(peek() instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
            throw Refusal.because("its pickle sets an entry of what is no dictionary");
        }
        for (int n = 0; n < keysAndValues.size(); n += 2) {
            dict.put(keysAndValues.get(n), keysAndValues.get(n + 1));
        }
    }

    private static Object global(List<Object> moduleAndName) {
        if (moduleAndName.get(0) instanceof String module && moduleAndName.get(1) instanceof String name) {
            return PickleGlobals.find(module, name);
        }
        throw Refusal.because("its pickle asks for a name that is no text");
    }

    private static Object call(List<Object> functionAndArguments) {
        if (functionAndArguments.get(0) instanceof Function function
                && functionAndArguments.get(1) instanceof Tuple arguments) {
            return function.call(arguments);
        }
        throw Refusal.because("its pickle calls something that is no function of the allowed ones");
    }

    private static Object module(List<Object> typeAndArguments) {
        if (typeAndArguments.get(0) instanceof ModuleClass
                && typeAndArguments.get(1) instanceof Tuple arguments
                && arguments.items().isEmpty()) {
            return new Module(new Dict());
        }
        throw Refusal.because("its pickle makes an object that is no TorchScript module");
    }

    /** Attributes for the object on top. Those of a dictionary, such as a state dict's versions, are not needed. */
    private void build(Object state) {
        Object target = peek();
        if (target instanceof Module module && state instanceof Dict attributes) {
            attributes.entries().forEach(module.attributes()::put);
        } else if (!(target instanceof Dict) && target != Unused.VALUE) {
            throw Refusal.because("its pickle sets the state of an object, which could run code");
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
            Refusal.unless(known == null || known.equals(storage), "its pickle describes one storage in two ways");
            return storage;
        }
        throw Refusal.because("its pickle describes a storage in an unusual way");
    }

    private void recall(int index) {
        Refusal.unless(memo.containsKey(index), "its pickle recalls a value that it did not keep");
        push(memo.get(index));
    }
}
