package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.inference.Blending;
import io.deformux.inference.DeviceSlidingWindow;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.VolumeSink;
import io.deformux.inference.WindowPlan;
import io.deformux.inference.WindowProgress;
import io.deformux.network.Arithmetic;
import io.deformux.network.GpuWindowTimes;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.network.gpu.DeviceMarks;
import io.deformux.network.proof.Noise;
import io.deformux.network.weights.Weights;
import io.deformux.volume.Shape3;
import java.util.List;

/**
 * A scan through the sliding window on a device, against the same number of windows alone: what cutting, blending, copies and waiting
 * add to the network. Random values.
 */
public final class DeviceScanBench {
    private static final String PART = "scan on the device";
    private static final double OVERLAP = 0.5;
    private static final int RUNS = 5;
    private static final int AT_ONCE = 3;

    private final NetworkConfig config;
    private final Weights weights;
    private final Device device;
    private final Shape3 roi;
    private final Shape3 scan;

    /** A scan of twice the window of {@code size}³ voxels along each axis: 27 windows, three at once. */
    public DeviceScanBench(NetworkConfig config, Weights weights, Device device, int size) {
        this.config = config;
        this.weights = weights;
        this.device = device;
        this.roi = new Shape3(size, size, size);
        this.scan = new Shape3(2 * size, 2 * size, 2 * size);
    }

    /** Measures a way to compute. */
    public List<Figure> run(Arithmetic way) {
        double window = GpuWindowTimes.median(network(way), config.inChannels(), roi.d(), RUNS);
        double all = scan(way);
        int windows = new WindowPlan(scan, roi, OVERLAP).count();
        String name = "%s, %d^3 in %d windows".formatted(way.label(), scan.d(), windows);
        return List.of(
                new Figure(PART, name + ", against as many alone", all / (windows * window), "x"),
                new Figure(PART, name, all, "ms"));
    }

    private PredictingNetwork network(Arithmetic way) {
        return PredictingNetwork.of(config, weights, device, way);
    }

    private double scan(Arithmetic way) {
        SlidingWindowSettings settings = new SlidingWindowSettings(
                roi, OVERLAP, Blending.GAUSSIAN, SlidingWindowSettings.SIGMA_SCALE, AT_ONCE, false);
        float[] image = new float[scan.length()];
        Noise.of(image.length, 1).get(image);
        try (PredictingNetwork network = network(way);
                DeviceSlidingWindow window = new DeviceSlidingWindow(
                        settings,
                        new WindowsOnDevice(
                                device,
                                DeviceMarks.of(device),
                                List.of(network),
                                new int[] {roi.d(), roi.h(), roi.w()},
                                settings.blending().weights(roi, settings.sigmaScale()),
                                false,
                                (int) SlidingWindow.SKIPPED_LOGIT))) {
            return Stopwatch.median(RUNS, () -> window.run(image, scan, VolumeSink.NONE, WindowProgress.NONE));
        }
    }
}
