package io.deformux.worker.infer;

import io.deformux.model.ModelId;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ModelReference;
import java.util.Objects;
import java.util.Optional;

/**
 * The model of the last job, kept on the device; another one takes its place. A request without a version asks the
 * store each time, so a newly published version is used from the next job on. One thread at a time.
 */
public final class ModelCache implements AutoCloseable {
    private final ModelStore store;
    private final ModelLoader loader;
    private Optional<LoadedModel> current = Optional.empty();

    /** An empty cache. */
    public ModelCache(ModelStore store, ModelLoader loader) {
        this.store = Objects.requireNonNull(store, "store");
        this.loader = Objects.requireNonNull(loader, "loader");
    }

    /** The model that a job asks for; the cache owns it and may close it at the next call. */
    LoadedModel get(ModelReference wanted) {
        ModelId id = store.resolve(wanted.name(), wanted.version());
        if (current.isEmpty() || !current.get().model().id().equals(id)) {
            close();
            current = Optional.of(loader.load(store.open(id)));
        }
        return current.get();
    }

    /** The device in events. */
    String deviceName() {
        return loader.deviceName();
    }

    @Override
    public void close() {
        current.ifPresent(LoadedModel::close);
        current = Optional.empty();
    }
}
