package io.deformux.worker.infer.loading;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.Blending;
import io.deformux.inference.DeviceSlidingWindow;
import io.deformux.inference.EnsemblePredictor;
import io.deformux.inference.EnsembleWindow;
import io.deformux.inference.MirroredPredictor;
import io.deformux.inference.NetworkPredictor;
import io.deformux.inference.RegionPredictor;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.VolumePredictor;
import io.deformux.inference.WindowPredictor;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.Devices;
import io.deformux.network.ProvenNetwork;
import io.deformux.network.Ways;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.network.gpu.DeviceMarks;
import io.deformux.network.gpu.DeviceMemory;
import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.settings.ComputeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings model packages into the memory of one device, warmed up. Safe to share. */
public final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final ComputeSettings compute;
    private final Device device;
    private final LongSupplier seeds;
    private final Function<Device, Ways> ways;
    private final DeviceMemory memory = DeviceMemory.ofThisMachine();

    /**
     * A loader for one device.
     *
     * @param seeds choose the images and voxels of the proofs
     */
    public ModelLoader(ComputeSettings compute, LongSupplier seeds) {
        this(compute, seeds, compute.precision()::on);
    }

    /** The same on a machine where only these ways to compute are left. */
    public ModelLoader(ComputeSettings compute, LongSupplier seeds, Function<Device, Ways> ways) {
        this.compute = Objects.requireNonNull(compute, "compute");
        this.seeds = Objects.requireNonNull(seeds, "seeds");
        this.ways = Objects.requireNonNull(ways, "ways");
        this.device = compute.parsedDevice();
    }

    /** The device in events: {@code cpu} or {@code cuda:0}. */
    String deviceName() {
        return Devices.name(device);
    }

    /**
     * Loads the networks of a package. Each is run once at the window's size, so that the first scan is as fast as the
     * others, and proves its arithmetic by that.
     */
    public LoadedModel load(ModelPackage model) {
        ModelManifest manifest = model.manifest();
        WindowDefaults defaults = manifest.window();
        Shape3 roi =
                Shape3.of(defaults.roi().stream().mapToInt(Integer::intValue).toArray());
        Ways allowed = ways.apply(device);
        long seed = seeds.getAsLong();
        List<ProvenNetwork> members = new ArrayList<>();
        OptionalLong free = memory.free(device);
        try {
            for (Path weights : model.weights()) {
                members.add(ProvenNetwork.load(
                        weights, manifest.network(), device, allowed, roi.d(), roi.h(), roi.w(), seed));
            }
            int atOnce = WindowBatchSize.of(manifest.network(), free, memory.free(device));
            LoadedModel loaded =
                    new LoadedModel(model, members, window(settings(defaults, roi, atOnce), members, manifest));
            LOG.info(
                    "Model {} {} on {}, {}: {} network(s)",
                    model.id().name(),
                    model.id().version(),
                    members.get(0).kernels(),
                    loaded.arithmetic().label(),
                    members.size());
            return loaded;
        } catch (OutOfMemoryError e) {
            members.forEach(ProvenNetwork::close);
            throw new JobException(
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    "the worker has too little memory for this model: give the JVM more (-Xmx)",
                    e);
        } catch (RuntimeException | Error e) {
            members.forEach(ProvenNetwork::close);
            throw e;
        }
    }

    private SlidingWindowSettings settings(WindowDefaults defaults, Shape3 roi, int atOnce) {
        return new SlidingWindowSettings(
                roi,
                defaults.overlap(),
                Blending.valueOf(defaults.blending().toUpperCase(Locale.ROOT).replace('-', '_')),
                SlidingWindowSettings.SIGMA_SCALE,
                atOnce,
                compute.skipEmptyWindows());
    }

    /**
     * Proves that a small network is computed right here, before there is any job.
     *
     * @throws io.deformux.failure.JobException {@code ARITHMETIC_UNPROVEN}
     */
    public void prove() {
        ProvenNetwork.small(device, ways.apply(device), seeds.getAsLong()).close();
    }

    /** On a GPU an image of one channel stays on the device; windows of several, and of regions, are cut and blended here. */
    private VolumePredictor window(
            SlidingWindowSettings settings, List<ProvenNetwork> members, ModelManifest manifest) {
        LabelRule rule = manifest.preset().rule();
        if (device.isGpu() && manifest.network().inChannels() == 1 && !rule.ofRegions()) {
            Shape3 roi = settings.roi();
            return new DeviceSlidingWindow(
                    settings,
                    new WindowsOnDevice(
                            device,
                            DeviceMarks.of(device),
                            members,
                            new int[] {roi.d(), roi.h(), roi.w()},
                            settings.blending().weights(roi, settings.sigmaScale()),
                            compute.flips(),
                            (int) SlidingWindow.SKIPPED_LOGIT));
        }
        List<WindowPredictor> predictors =
                members.stream().map(member -> predictor(member, rule)).toList();
        return predictors.size() == 1
                ? new SlidingWindow(settings, predictors.get(0))
                : new EnsembleWindow(settings, new EnsemblePredictor(predictors), rule);
    }

    private WindowPredictor predictor(ProvenNetwork network, LabelRule rule) {
        WindowPredictor predictor = RegionPredictor.of(new NetworkPredictor(network), rule);
        return compute.flips() ? new MirroredPredictor(predictor, rule) : predictor;
    }
}
