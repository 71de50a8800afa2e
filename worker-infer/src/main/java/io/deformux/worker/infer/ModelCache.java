package io.deformux.worker.infer;

import io.deformux.model.ModelId;
import io.deformux.schemas.ModelReference;
import java.util.Objects;
import java.util.Optional;

/**
 * The model of the last job, kept on the device; another one takes its place. A request without a version asks the
 * source each time, so a newly published version is used from the next job on. One thread at a time.
 */
public final class ModelCache implements AutoCloseable {
    private final ModelSource source;
    private final ModelLoader loader;
    private Optional<LoadedModel> current = Optional.empty();

    /** An empty cache. */
    public ModelCache(ModelSource source, ModelLoader loader) {
        this.source = Objects.requireNonNull(source, "source");
        this.loader = Objects.requireNonNull(loader, "loader");
    }

    /** The model that a job asks for; the cache owns it and may close it at the next call. */
    LoadedModel get(ModelReference wanted) {
        ModelId id = source.resolve(wanted);
        if (current.isEmpty() || !current.get().model().id().equals(id)) {
            close();
            current = Optional.of(loader.load(source.open(id)));
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
