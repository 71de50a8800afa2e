package io.deformux.worker.infer;

import io.deformux.inference.SlidingWindow;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.DeformUxNet;

/** A model package with its network in the memory of a device. One thread at a time; closing frees the device. */
final class LoadedModel implements AutoCloseable {
    private final ModelPackage model;
    private final DeformUxNet network;
    private final SlidingWindow window;

    LoadedModel(ModelPackage model, DeformUxNet network, SlidingWindow window) {
        this.model = model;
        this.network = network;
        this.window = window;
    }

    ModelManifest manifest() {
        return model.manifest();
    }

    ModelPackage model() {
        return model;
    }

    SlidingWindow window() {
        return window;
    }

    @Override
    public void close() {
        network.close();
    }
}
