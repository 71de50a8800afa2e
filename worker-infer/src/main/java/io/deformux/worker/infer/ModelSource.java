package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ModelReference;

/** Where a worker finds models. Safe to share. */
public interface ModelSource {

    /** The newest version of that name, or the one asked for; throws {@code MODEL_NOT_FOUND}. Cheap. */
    ModelId resolve(ModelReference wanted);

    /** Opens a package that {@link #resolve} named and checks its weights. */
    ModelPackage open(ModelId id);

    /** All models of a store. */
    static ModelSource of(ModelStore store) {
        return new ModelSource() {
            @Override
            public ModelId resolve(ModelReference wanted) {
                return store.resolve(wanted.name(), wanted.version());
            }

            @Override
            public ModelPackage open(ModelId id) {
                return store.open(id);
            }
        };
    }

    /** One package and no other. */
    static ModelSource of(ModelPackage only) {
        return new ModelSource() {
            @Override
            public ModelId resolve(ModelReference wanted) {
                ModelId id = only.id();
                if (!id.name().equals(wanted.name())
                        || wanted.version().filter(v -> !v.equals(id.version())).isPresent()) {
                    throw new JobException(FailureCode.MODEL_NOT_FOUND, "only the model " + id + " is here");
                }
                return id;
            }

            @Override
            public ModelPackage open(ModelId id) {
                return only;
            }
        };
    }
}
