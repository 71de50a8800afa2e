package io.deformux.network;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.proof.Finite;
import io.deformux.network.proof.ProofReport;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that has proven its arithmetic on this machine. Of the ways to compute that it may take it uses the first whose
 * warm-up, at the real window size, is right in every layer; a window whose logits are not finite sends it to the next one.
 * Owns native memory; close it. One thread at a time.
 */
public final class ProvenNetwork implements Network, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenNetwork.class);

    private static final int SMALL = 32;

    private final Opener opener;
    private final int[] window;
    private final long seed;
    private final List<Arithmetic> left;
    private final List<String> faults = new ArrayList<>();
    private Optional<DeformUxNet> network = Optional.empty();
    private ProofReport proof;

    /** Brings the network into memory to compute in some way. */
    @FunctionalInterface
    interface Opener {
        DeformUxNet open(Arithmetic arithmetic);
    }

    private ProvenNetwork(Opener opener, List<Arithmetic> ways, int[] window, long seed) {
        this.opener = opener;
        this.left = new ArrayList<>(ways);
        this.window = window;
        this.seed = seed;
    }

    /**
     * Loads a network and warms it up.
     *
     * @param ways what it may take, best first
     * @param d the window's size in voxels; likewise {@code h} and {@code w}
     * @param seed chooses the warm-up's image and the voxels that are checked
     * @throws JobException {@code ARITHMETIC_UNPROVEN} if no way is right, {@code MODEL_INVALID},
     *     {@code DEVICE_OUT_OF_MEMORY}
     */
    public static ProvenNetwork load(
            Path archive, NetworkConfig config, Device device, List<Arithmetic> ways, int d, int h, int w, long seed) {
        return of(way -> DeformUxNet.load(archive, config, device, way), ways, d, h, w, seed);
    }

    /** A small network of random weights: what can be proven before there is a model. Parameters and errors as above. */
    public static ProvenNetwork small(Device device, List<Arithmetic> ways, long seed) {
        NetworkConfig config = new NetworkConfig(1, 3, List.of(8, 16, 16, 32), List.of(1, 1, 1, 1), 48, 3);
        Weights weights = Weights.random(config, seed);
        return of(way -> DeformUxNet.of(config, weights, device, way), ways, SMALL, SMALL, SMALL, seed);
    }

    /** The same for a network that anyone opens. */
    static ProvenNetwork of(Opener opener, List<Arithmetic> ways, int d, int h, int w, long seed) {
        ProvenNetwork proven = new ProvenNetwork(opener, ways, new int[] {d, h, w}, seed);
        proven.next("no allowed way to compute this network is right on this machine");
        return proven;
    }

    /** Goes on to the next way that is right. */
    private void next(String reason) {
        network.ifPresent(DeformUxNet::close);
        network = Optional.empty();
        while (!left.isEmpty()) {
            Arithmetic way = left.remove(0);
            DeformUxNet opened = opener.open(way);
            try {
                proof = opened.prove(window[0], window[1], window[2], seed);
            } catch (RuntimeException | Error e) {
                opened.close();
                throw e;
            }
            if (proof.passed()) {
                network = Optional.of(opened);
                LOG.info("{} is proven: {}", way.label(), proof.summary());
                return;
            }
            opened.close();
            faults.add(way.label() + ": " + proof.summary());
            LOG.warn("{} is not used: {}", way.label(), proof.summary());
        }
        throw new JobException(
                FailureCode.ARITHMETIC_UNPROVEN,
                reason + " (" + String.join("; ", faults) + "). 'deformux check' shows what was tried;"
                        + " --precision auto allows every way there is");
    }

    @Override
    public NetworkConfig config() {
        return current().config();
    }

    /** How it computes now. */
    public Arithmetic arithmetic() {
        return current().arithmetic();
    }

    /** What runs it, for logs. */
    public String kernels() {
        return current().kernels();
    }

    /** What the proof of the way it computes now has found. */
    public ProofReport proof() {
        return proof;
    }

    /**
     * Predicts. A window whose logits are not finite is computed once more in the next way.
     *
     * @throws JobException besides the others {@code ARITHMETIC_UNPROVEN} if there is no way left
     */
    @Override
    public void forward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits) {
        while (!finiteForward(image, n, d, h, w, logits)) {
            String way = arithmetic().label();
            LOG.warn("{} is not used any more: it gave logits that are not finite", way);
            faults.add(way + ": logits that are not finite");
            next("no way to compute this network gives finite logits for this scan");
        }
    }

    private boolean finiteForward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits) {
        boolean[] finite = new boolean[1];
        current().forward(image, n, d, h, w, values -> {
            finite[0] = Finite.all(values);
            if (finite[0]) {
                logits.accept(values);
            }
        });
        return finite[0];
    }

    private DeformUxNet current() {
        return network.orElseThrow(() -> new IllegalStateException("the network is closed"));
    }

    @Override
    public void close() {
        network.ifPresent(DeformUxNet::close);
        network = Optional.empty();
    }
}
