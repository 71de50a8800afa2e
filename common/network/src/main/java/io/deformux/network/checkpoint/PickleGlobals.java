package io.deformux.network.checkpoint;

import io.deformux.network.checkpoint.Python.Dict;
import io.deformux.network.checkpoint.Python.Function;
import io.deformux.network.checkpoint.Python.ModuleClass;
import io.deformux.network.checkpoint.Python.Tuple;
import io.deformux.network.checkpoint.Python.Unused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a pickle may use. Each stands for a value or a function of this package, so that nothing is looked up
 * in any other way; any other name is refused.
 */
final class PickleGlobals {
    private static final Map<String, Object> ALLOWED = allowed();
    private static final String MODULE_PREFIX = "__torch__.";

    private PickleGlobals() {}

    /** What {@code module.name} stands for. */
    static Object find(String module, String name) {
        String full = module + "." + name;
        if (full.startsWith(MODULE_PREFIX)) {
            return ModuleClass.ANY;
        }
        Object found = ALLOWED.get(full);
        CheckpointRefusal.unless(
                found != null,
                "its pickle asks for " + CheckpointRefusal.shown(full)
                        + ", and nothing but tensors and plain values is taken, "
                        + "since anything else could run code. If you trust where it comes from, save the weights alone: "
                        + "torch.save(model.state_dict(), file)");
        return found;
    }

    private static Map<String, Object> allowed() {
        Map<String, Object> names = new HashMap<>();
        for (ElementType type : ElementType.values()) {
            names.put("torch." + type.storageClass(), type);
        }
        names.put("collections.OrderedDict", (Function) PickleGlobals::orderedDict);
        names.put("torch._utils._rebuild_tensor_v2", (Function) PickleGlobals::tensor);
        names.put("torch._utils._rebuild_parameter", (Function) PickleGlobals::parameter);
        // Found beside weights: sizes, devices, the milestones of a schedule, numbers of NumPy such as a best metric.
        for (String name : List.of(
                "collections.Counter",
                "torch.Size",
                "torch.device",
                "_codecs.encode",
                "numpy.dtype",
                "numpy.core.multiarray.scalar",
                "numpy._core.multiarray.scalar")) {
            names.put(name, (Function) arguments -> Unused.VALUE);
        }
        return Map.copyOf(names);
    }

    private static Object orderedDict(Tuple arguments) {
        CheckpointRefusal.unless(arguments.items().isEmpty(), "its pickle makes an OrderedDict in an unusual way");
        return new Dict();
    }

    /** (storage, offset, sizes, strides, requires_grad, hooks and maybe metadata). */
    private static Object tensor(Tuple arguments) {
        List<Object> items = arguments.items();
        if (items.size() >= 6
                && items.size() <= 7
                && items.get(0) instanceof StorageRef storage
                && items.get(1) instanceof Long offset) {
            return TensorView.of(storage, offset, integers(items.get(2)), integers(items.get(3)));
        }
        throw CheckpointRefusal.because("its pickle describes a tensor in an unusual way");
    }

    /** (tensor, requires_grad, hooks). */
    private static Object parameter(Tuple arguments) {
        if (arguments.items().size() == 3 && arguments.items().get(0) instanceof TensorView tensor) {
            return tensor;
        }
        throw CheckpointRefusal.because("its pickle describes a parameter in an unusual way");
    }

    private static List<Long> integers(Object value) {
        List<Long> integers = new ArrayList<>();
        if (value instanceof Tuple tuple) {
            for (Object item : tuple.items()) {
                if (!(item instanceof Long integer) || integers.size() > 64) {
                    throw CheckpointRefusal.because("the sizes of a tensor are not a few integers");
                }
                integers.add(integer);
            }
            return integers;
        }
        throw CheckpointRefusal.because("the sizes of a tensor are not a tuple");
    }
}
