package io.deformux.worker.train.planning;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.TrainingMemory;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.volume.Shape3;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which windows networks take, and what training on them needs. One thread. */
public final class PlannedWindows {
    /** Sizes that networks of powers of two are made for, the finest first. */
    private static final List<Integer> STEPS = List.of(8, 16, 32, 64);

    private static final List<Integer> MULTIPLES = List.of(1, 2, 3, 5);

    private final List<Function<Shape3, NetworkConfig>> networks;
    private final Map<Shape3, TrainingMemory> known = new HashMap<>();
    private final int step;
    private final boolean cubes;

    /**
     * Finds out what the networks take.
     *
     * @param networks each for a window, or {@link IllegalArgumentException} if it takes none like that; all are trained with
     *     the same one
     * @throws JobException EVENT_INVALID if they take neither windows nor cubes of any multiple
     */
    public PlannedWindows(List<Function<Shape3, NetworkConfig>> networks) {
        this.networks = List.copyOf(networks);
        Optional<Integer> ofAnyShape =
                STEPS.stream().filter(this::takesMultiplesOf).findFirst();
        this.cubes = ofAnyShape.isEmpty();
        this.step = ofAnyShape
                .or(() -> STEPS.stream().filter(this::takesCubesOf).findFirst())
                .orElseThrow(() -> new JobException(
                        FailureCode.EVENT_INVALID,
                        "a window can be planned only for networks that take multiples of 8, 16, 32 or 64 voxels along"
                                + " each axis: say by --window and --roi what is to be trained on"));
    }

    /** Whether a network among them takes windows only that have as many voxels along each axis. */
    boolean cubes() {
        return cubes;
    }

    /** Windows are multiples of it along each axis. */
    int step() {
        return step;
    }

    /** Whether all networks take a window. */
    boolean takes(Shape3 window) {
        return networks.stream().allMatch(network -> takes(network, window));
    }

    /** An estimate of what a step on so many crops takes beside Java's heap, of the network that takes most. */
    long bytes(Shape3 window, int crops) {
        return known.computeIfAbsent(window, this::most).bytes(crops);
    }

    private TrainingMemory most(Shape3 window) {
        return networks.stream()
                .map(network -> TrainingMemory.of(network.apply(window), window.d(), window.h(), window.w()))
                .reduce((a, b) -> a.bytes(2) >= b.bytes(2) ? a : b)
                .orElseThrow();
    }

    private boolean takesMultiplesOf(int voxels) {
        return IntStream.range(0, MULTIPLES.size() * MULTIPLES.size())
                .mapToObj(n -> new Shape3(
                        2 * voxels,
                        voxels * MULTIPLES.get(n % MULTIPLES.size()),
                        voxels * MULTIPLES.get(n / MULTIPLES.size())))
                .allMatch(this::takes);
    }

    /** The smallest one may be too small. */
    private boolean takesCubesOf(int voxels) {
        return MULTIPLES.stream()
                .skip(1)
                .map(multiple -> voxels * multiple)
                .allMatch(size -> takes(new Shape3(size, size, size)));
    }

    private static boolean takes(Function<Shape3, NetworkConfig> network, Shape3 window) {
        try {
            network.apply(window).requireSize(window.d(), window.h(), window.w());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
