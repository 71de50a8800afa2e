package io.deformux.network.checkpoint;

import io.deformux.network.checkpoint.Python.Dict;
import io.deformux.network.checkpoint.Python.Module;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the named tensors in what a pickle holds, and reads their values. */
final class StateDict {
    /** Where trainers put the weights when they save other things beside them. */
    private static final List<String> NESTINGS = List.of("state_dict", "model_state_dict", "model", "network_weights");

    /** What wrappers put before every name: data parallel training, compilation, training frameworks. */
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.", "net.");

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final int DEEPEST = 32;
    private static final int MOST_MODULES = 100_000;
    /** What views that repeat values may add to the number of bytes in the file. */
    private static final long REPEATED_VALUES = 1 << 20;

    private final Map<String, TensorView> tensors = new LinkedHashMap<>();
    private int modules;

    private StateDict() {}

    /** The tensors of a checkpoint, whether saved as a state dict, inside a dictionary, or as a TorchScript module. */
    static StateDict of(Object saved) {
        StateDict found = new StateDict();
        if (saved instanceof Module module) {
            found.collect("", module, 0);
        } else {
            dictionary(saved).entries().forEach(found::add);
        }
        CheckpointRefusal.unless(!found.tensors.isEmpty(), "there is no tensor in it");
        return found;
    }

    /**
     * Reads the values, each storage once.
     *
     * @param fileBytes the size of the file, which bounds the memory taken
     */
    Weights read(Storages storages, long fileBytes) throws IOException {
        long values = 0;
        Map<StorageRef, List<String>> users = new LinkedHashMap<>();
        for (Map.Entry<String, TensorView> entry : tensors.entrySet()) {
            values += entry.getValue().length();
            CheckpointRefusal.unless(
                    values <= fileBytes + REPEATED_VALUES, "its tensors have more values than the file has bytes");
            users.computeIfAbsent(entry.getValue().storage(), storage -> new ArrayList<>())
                    .add(entry.getKey());
        }
        Map<String, Tensor> read = new HashMap<>();
        for (Map.Entry<StorageRef, List<String>> entry : users.entrySet()) {
            ByteBuffer bytes = storages.read(entry.getKey());
            entry.getValue().forEach(name -> read.put(name, tensors.get(name).read(bytes)));
        }
        Map<String, Tensor> inOrder = new LinkedHashMap<>();
        tensors.keySet().forEach(name -> inOrder.put(name, read.get(name)));
        return unwrapped(inOrder);
    }

    /** The weights without what wrappers, which may be wrapped in turn, put before all of their names. */
    static Weights unwrapped(Map<String, Tensor> tensors) {
        for (String wrapper : WRAPPERS) {
            if (tensors.keySet().stream().allMatch(name -> name.startsWith(wrapper))) {
                Map<String, Tensor> inner = new LinkedHashMap<>();
                tensors.forEach((name, tensor) -> inner.put(name.substring(wrapper.length()), tensor));
                return unwrapped(inner);
            }
        }
        return new Weights(tensors);
    }

    /** Refuses names that are no parameter's and that would spoil a message. */
    static void requireName(String name) {
        CheckpointRefusal.unless(
                NAME.matcher(name).matches(),
                "the tensor name \"" + CheckpointRefusal.shown(name) + "\" is not 1 to 256 printable characters");
    }

    private static Dict dictionary(Object saved) {
        if (!(saved instanceof Dict dict)) {
            throw CheckpointRefusal.because("it holds no dictionary of weights; save model.state_dict()");
        }
        for (String nesting : NESTINGS) {
            if (dict.entries().get(nesting) instanceof Dict inner) {
                return inner;
            }
        }
        return dict;
    }

    private void collect(String prefix, Module module, int depth) {
        CheckpointRefusal.unless(
                depth < DEEPEST && modules++ < MOST_MODULES && tensors.size() < MOST_MODULES,
                "its modules are nested deeper than " + DEEPEST + " or more than " + MOST_MODULES);
        module.attributes().entries().forEach((name, value) -> {
            add(prefix + name, value);
            if (value instanceof Module child) {
                collect(prefix + name + ".", child, depth + 1);
            }
        });
    }

    private void add(String name, Object value) {
        if (value instanceof TensorView tensor) {
            requireName(name);
            tensors.put(name, tensor);
        }
    }
}
