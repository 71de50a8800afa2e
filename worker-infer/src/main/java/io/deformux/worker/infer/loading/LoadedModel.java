package io.deformux.worker.infer.loading;

import io.deformux.inference.VolumePredictor;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.Arithmetic;
import io.deformux.network.ProvenNetwork;
import java.util.Comparator;
import java.util.List;

/** A model package with its networks in the memory of a device. One thread at a time; closing frees the device. */
public final class LoadedModel implements AutoCloseable {
    private final ModelPackage model;
    private final List<ProvenNetwork> members;
    private final VolumePredictor window;

    public LoadedModel(ModelPackage model, List<ProvenNetwork> members, VolumePredictor window) {
        this.model = model;
        this.members = List.copyOf(members);
        this.window = window;
    }

    public ModelManifest manifest() {
        return model.manifest();
    }

    /** How it computes, whatever the package stores; if its networks differ, the least exact way. */
    public Arithmetic arithmetic() {
        return members.stream()
                .map(ProvenNetwork::arithmetic)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Whether a scan made it compute otherwise than it would when loaded anew. */
    boolean changed() {
        return members.stream().anyMatch(ProvenNetwork::changed);
    }

    /** The worst relative error that the networks' proofs have found. */
    public double worstError() {
        return members.stream().mapToDouble(m -> m.proof().worst()).max().orElseThrow();
    }

    public ModelPackage model() {
        return model;
    }

    public VolumePredictor window() {
        return window;
    }

    @Override
    public void close() {
        window.close();
        members.forEach(ProvenNetwork::close);
    }
}
