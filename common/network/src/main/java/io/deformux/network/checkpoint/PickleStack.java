package io.deformux.network.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The stack of a pickle machine, with the marks that opcodes set to take all values above them. */
final class PickleStack {
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();

    void push(Object value) {
        values.add(value);
    }

    /** Takes the value on top. */
    Object pop() {
        return pop(1).get(0);
    }

    /** Takes the {@code n} values on top, the topmost last. */
    List<Object> pop(int n) {
        return cut(values.size() - n);
    }

    /** The value on top, which stays. */
    Object peek() {
        Object top = pop();
        push(top);
        return top;
    }

    void mark() {
        marks.add(values.size());
    }

    /** Takes all values since the last mark, and the mark. */
    List<Object> popToMark() {
        CheckpointRefusal.unless(!marks.isEmpty(), "its pickle takes values up to a mark that it did not set");
        return cut(marks.remove(marks.size() - 1));
    }

    private List<Object> cut(int from) {
        CheckpointRefusal.unless(from >= 0 && from <= values.size(), "its pickle takes more values than it made");
        List<Object> top = values.subList(from, values.size());
        List<Object> taken = new ArrayList<>(top);
        top.clear();
        return taken;
    }
}
