package io.deformux.worker.infer.loading;

import io.deformux.failure.JobException;
import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ModelReference;
import java.util.Objects;
import java.util.Optional;

/**
 * The model of the last job, kept on the device; another one takes its place. A request without a version asks the
 * store each time, so a newly published version is used from the next job on. One thread at a time; {@link #find} may be
 * called beside it.
 */
public final class ModelCache implements AutoCloseable {
    private final ModelStore store;
    private final ModelLoader loader;
    private volatile Optional<LoadedModel> current = Optional.empty();

    /** An empty cache. */
    public ModelCache(ModelStore store, ModelLoader loader) {
        this.store = Objects.requireNonNull(store, "store");
        this.loader = Objects.requireNonNull(loader, "loader");
    }

    /** The package that a job asks for; one that is not on the device is opened, which reads all its weights. */
    public ModelPackage find(ModelReference wanted) {
        ModelId id = store.resolve(wanted.name(), wanted.version());
        return current.map(LoadedModel::model)
                .filter(loaded -> loaded.id().equals(id))
                .orElseGet(() -> store.open(id));
    }

    /** A package on the device; the cache owns it and may close it at the next call. */
    public LoadedModel load(ModelPackage model) {
        if (current.isEmpty() || !current.get().model().id().equals(model.id())) {
            close();
            current = Optional.of(loaded(model));
        }
        return current.get();
    }

    private LoadedModel loaded(ModelPackage model) {
        try {
            return loader.load(model);
        } catch (JobException e) {
            store.requirePresent(); // weights that cannot be read because all of their store went away
            throw e;
        }
    }

    /** As {@link ModelLoader#prove}. */
    public void prove() {
        loader.prove();
    }

    /** Lets a model go that a scan has made compute otherwise, so that every job begins with the same arithmetic. */
    public void forgetChanged() {
        if (current.map(LoadedModel::changed).orElse(false)) {
            close();
        }
    }

    /** The device in events. */
    public String deviceName() {
        return loader.deviceName();
    }

    @Override
    public void close() {
        current.ifPresent(LoadedModel::close);
        current = Optional.empty();
    }
}
