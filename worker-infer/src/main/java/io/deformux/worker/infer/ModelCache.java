package io.deformux.worker.infer;

import io.deformux.model.ModelPackage;
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

    /** The package that a job asks for, not loaded: safe beside a running job. */
    ModelPackage find(ModelReference wanted) {
        return store.open(store.resolve(wanted.name(), wanted.version()));
    }

    /** A package on the device; the cache owns it and may close it at the next call. */
    LoadedModel load(ModelPackage model) {
        if (current.isEmpty() || !current.get().model().id().equals(model.id())) {
            close();
            current = Optional.of(loader.load(model));
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
