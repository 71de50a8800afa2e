package io.deformux.worker.infer;

import io.deformux.inference.SlidingWindow;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.DeformUxNet;
import io.deformux.network.Precision;
import java.util.List;

/** A model package with its networks in the memory of a device. One thread at a time; closing frees the device. */
final class LoadedModel implements AutoCloseable {
    private final ModelPackage model;
    private final List<DeformUxNet> members;
    private final SlidingWindow window;

    LoadedModel(ModelPackage model, List<DeformUxNet> members, SlidingWindow window) {
        this.model = model;
        this.members = List.copyOf(members);
        this.window = window;
    }

    ModelManifest manifest() {
        return model.manifest();
    }

    /** What it computes in, whatever the package stores. */
    Precision precision() {
        return members.get(0).precision();
    }

    ModelPackage model() {
        return model;
    }

    SlidingWindow window() {
        return window;
    }

    @Override
    public void close() {
        members.forEach(DeformUxNet::close);
    }
}
