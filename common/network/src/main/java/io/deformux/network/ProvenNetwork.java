package io.deformux.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.device.DeviceNetwork;
import io.deformux.network.proof.Finite;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that has proven its arithmetic on this machine. Of the ways to compute that it may take it uses the first whose
 * warm-up, at the real window size, is right in every layer; logits that are not finite send it on to the next one.
 * Owns native memory; close it. One thread at a time.
 */
public final class ProvenNetwork implements Network, DeviceNetwork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenNetwork.class);

    private static final int SMALL = 32;
    /** What a library that cannot compute may end in; another way can still be right. */
    private static final Set<FailureCode> FAULTS_OF_A_WAY =
            EnumSet.of(FailureCode.ARITHMETIC_UNPROVEN, FailureCode.NETWORK_FAILED);

    private final Opener opener;
    private final int[] window;
    private final long seed;
    private final List<Arithmetic> left;
    private final List<String> faults = new ArrayList<>();
    private Optional<PredictingNetwork> network = Optional.empty();
    private ProofReport proof;
    private boolean changed;

    /** Brings the network into memory to compute in some way. */
    @FunctionalInterface
    interface Opener {
        PredictingNetwork open(Arithmetic arithmetic);
    }

    private ProvenNetwork(Opener opener, Ways ways, int[] window, long seed) {
        this.opener = opener;
        this.left = new ArrayList<>(ways.allowed());
        ways.refused().forEach((way, why) -> faults.add(way.label() + ": " + why));
        this.window = window;
        this.seed = seed;
    }

    /**
     * Loads a network and warms it up.
     *
     * @param ways what it may take
     * @param d the window's size in voxels; likewise {@code h} and {@code w}
     * @param seed chooses the warm-up's image and the voxels that are checked
     * @throws JobException {@code ARITHMETIC_UNPROVEN} if no way is right, {@code MODEL_INVALID},
     *     {@code DEVICE_OUT_OF_MEMORY}
     */
    public static ProvenNetwork load(
            Path archive, NetworkConfig config, Device device, Ways ways, int d, int h, int w, long seed) {
        return of(way -> PredictingNetwork.load(archive, config, device, way), ways.of(config, device), d, h, w, seed);
    }

    /** A small network of random weights: what can be proven before there is a model. Parameters and errors as above. */
    public static ProvenNetwork small(Device device, Ways ways, long seed) {
        DeformUxNetConfig config = new DeformUxNetConfig(1, 3, List.of(8, 16, 16, 32), List.of(1, 1, 1, 1), 48, 3);
        Weights weights = config.modules().randomWeights(seed);
        return of(way -> PredictingNetwork.of(config, weights, device, way), ways, SMALL, SMALL, SMALL, seed);
    }

    /** The same for a network that anyone opens. */
    static ProvenNetwork of(Opener opener, Ways ways, int d, int h, int w, long seed) {
        ProvenNetwork proven = new ProvenNetwork(opener, ways, new int[] {d, h, w}, seed);
        proven.next(
                FailureCode.ARITHMETIC_UNPROVEN,
                "this network is computed right in no way that --precision allows on this machine: choose --precision auto"
                        + " if it was not, else another machine; 'deformux check' shows what is right here");
        return proven;
    }

    /** Goes on to the next way that is right. */
    private void next(FailureCode code, String reason) {
        close();
        while (!left.isEmpty()) {
            Arithmetic way = left.get(0);
            Optional<String> fault = fault(way);
            left.remove(0);
            if (fault.isEmpty()) {
                LOG.info("{} is proven: {}", way.label(), proof.summary());
                return;
            }
            faults.add(way.label() + ": " + fault.get());
            LOG.warn("{} is not used: {}", way.label(), fault.get());
        }
        throw new JobException(code, reason + faults.stream().collect(Collectors.joining("; ", " (", ")")));
    }

    /** Opens and proves the network in a way and uses it, or says what is wrong with the way: also one that only fails. */
    private Optional<String> fault(Arithmetic way) {
        try {
            PredictingNetwork opened = opener.open(way);
            try {
                proof = opened.prove(window[0], window[1], window[2], seed);
            } catch (RuntimeException | Error e) {
                opened.close();
                throw e;
            }
            if (proof.passed()) {
                network = Optional.of(opened);
                return Optional.empty();
            }
            opened.close();
            return Optional.of(proof.summary());
        } catch (JobException e) {
            if (!FAULTS_OF_A_WAY.contains(e.code())) {
                throw e;
            }
            return Optional.of(e.code() + " " + e.getMessage());
        }
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

    /** Whether it has gone on to another way since it was loaded. */
    public boolean changed() {
        return changed;
    }

    /**
     * Predicts.
     *
     * @throws ArithmeticChangedException if the logits are not finite and there is another way, which the next call takes
     * @throws JobException besides the others {@code NETWORK_FAILED} if the logits are finite in no way; then the network
     *     is closed
     */
    @Override
    public void forward(FloatBuffer image, int n, int d, int h, int w, Consumer<FloatBuffer> logits) {
        if (finiteForward(image, n, d, h, w, logits)) {
            return;
        }
        if (!Finite.all(image)) {
            throw new JobException(FailureCode.NETWORK_FAILED, "the scan holds values that are not finite");
        }
        reject();
    }

    @Override
    public void reject() {
        String fault = arithmetic().label() + ": logits that are not finite";
        faults.add(fault);
        LOG.warn("{}", fault);
        changed = true;
        next(FailureCode.NETWORK_FAILED, "the network's output for this scan is finite in no way that is allowed");
        throw new ArithmeticChangedException(fault);
    }

    @Override
    public int classes() {
        return config().outChannels();
    }

    /** Predicts on the device; whether the logits are finite is the caller's to see, who then calls {@link #reject}. */
    @Override
    public NDArray forward(NDArray images) {
        return current().forward(images);
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

    private PredictingNetwork current() {
        return network.orElseThrow(() -> new IllegalStateException("the network is closed"));
    }

    @Override
    public void close() {
        network.ifPresent(PredictingNetwork::close);
        network = Optional.empty();
    }
}
