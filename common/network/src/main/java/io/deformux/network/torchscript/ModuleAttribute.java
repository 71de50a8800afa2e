package io.deformux.network.torchscript;

import java.util.function.Consumer;

/**
 * A value of a module that is no tensor of its own.
 *
 * @param type as TorchScript names it
 * @param value writes it
 */
public record ModuleAttribute(String type, Consumer<PickleWriter> value) {

    /** A boolean. */
    public static ModuleAttribute of(boolean value) {
        return new ModuleAttribute("bool", pickle -> pickle.bool(value));
    }

    /** An integer. */
    public static ModuleAttribute of(int value) {
        return new ModuleAttribute("int", pickle -> pickle.integer(value));
    }

    /** A number. */
    public static ModuleAttribute of(double value) {
        return new ModuleAttribute("float", pickle -> pickle.number(value));
    }

    /** A list that takes tensors, with nothing in it. */
    static ModuleAttribute noTensors() {
        return new ModuleAttribute("List[Tensor]", PickleWriter::noTensors);
    }
}
