package io.deformux.worker.infer;

import ai.djl.Device;
import io.deformux.inference.Blending;
import io.deformux.inference.EnsemblePredictor;
import io.deformux.inference.MirroredPredictor;
import io.deformux.inference.NetworkPredictor;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.DeformUxNet;
import io.deformux.network.Precision;
import io.deformux.volume.Shape3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings model packages into the memory of one device, warmed up. Safe to share. */
public final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final ComputeSettings compute;
    private final Device device;

    /** A loader for one device. */
    public ModelLoader(ComputeSettings compute) {
        this.compute = Objects.requireNonNull(compute, "compute");
        this.device = compute.parsedDevice();
    }

    /** The device in events: {@code cpu} or {@code cuda:0}. */
    String deviceName() {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** Loads the networks of a package and runs each once, so that the first scan is as fast as the others. */
    LoadedModel load(ModelPackage model) {
        ModelManifest manifest = model.manifest();
        WindowDefaults defaults = manifest.window();
        Shape3 roi =
                Shape3.of(defaults.roi().stream().mapToInt(Integer::intValue).toArray());
        SlidingWindowSettings settings = new SlidingWindowSettings(
                roi,
                defaults.overlap(),
                Blending.valueOf(defaults.blending().toUpperCase(Locale.ROOT).replace('-', '_')),
                SlidingWindowSettings.SIGMA_SCALE,
                1,
                compute.skipEmptyWindows());
        Precision precision = compute.precision().on(device);
        List<DeformUxNet> members = new ArrayList<>();
        try {
            for (Path weights : model.weights()) {
                members.add(DeformUxNet.load(weights, manifest.network(), device, precision));
                members.get(members.size() - 1).warmUp(1, roi.d(), roi.h(), roi.w());
            }
            List<WindowPredictor> predictors =
                    members.stream().map(this::predictor).toList();
            LOG.info(
                    "Model {} {} on {} in {}: {} network(s)",
                    model.id().name(),
                    model.id().version(),
                    members.get(0).kernels(),
                    precision,
                    members.size());
            return new LoadedModel(model, members, new SlidingWindow(settings, new EnsemblePredictor(predictors)));
        } catch (RuntimeException e) {
            members.forEach(DeformUxNet::close);
            throw e;
        }
    }

    private WindowPredictor predictor(DeformUxNet network) {
        NetworkPredictor predictor = new NetworkPredictor(network);
        return compute.flips() ? new MirroredPredictor(predictor) : predictor;
    }
}
