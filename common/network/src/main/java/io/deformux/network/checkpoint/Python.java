package io.deformux.network.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the values of a pickle are here. Text is a {@code String}, integers are {@code Long} or {@code BigInteger}, a list
 * is an {@code ArrayList}, None is {@code null}, and a class of storages is its {@link ElementType}; the rest follows.
 * Values may contain themselves, so nothing ever compares, hashes or prints them as a whole.
 */
final class Python {

    private Python() {}

    /** A tuple. */
    record Tuple(List<Object> items) {}

    /** A dictionary. Entries whose key is no text are dropped, since nothing here asks for them. */
    static final class Dict {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        void put(Object key, Object value) {
            if (key instanceof String name) {
                entries.put(name, value);
            }
        }

        Map<String, Object> entries() {
            return entries;
        }
    }

    /** An allowed function of the given arguments. */
    @FunctionalInterface
    interface Function {
        Object call(Tuple arguments);
    }

    /** A class of TorchScript; its text is not looked at. */
    enum ModuleClass {
        ANY
    }

    /** A TorchScript module: its parameters and submodules by name. */
    static final class Module {
        private Dict attributes = new Dict();

        /** Held, not copied: a pickle may set the same large dictionary again and again. */
        void set(Dict attributes) {
            this.attributes = attributes;
        }

        Dict attributes() {
            return attributes;
        }
    }

    /** A harmless value that nothing here asks for. */
    enum Unused {
        VALUE
    }
}
