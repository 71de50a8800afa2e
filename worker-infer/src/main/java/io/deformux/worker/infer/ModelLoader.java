package io.deformux.worker.infer;

import ai.djl.Device;
import io.deformux.inference.Blending;
import io.deformux.inference.EnsemblePredictor;
import io.deformux.inference.NetworkPredictor;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.DeformUxNet;
import io.deformux.volume.Shape3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Brings model packages into the memory of one device, warmed up. Safe to share. */
public final class ModelLoader {
    private final Device device;

    /** A loader for that device. */
    public ModelLoader(Device device) {
        this.device = Objects.requireNonNull(device, "device");
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
                false);
        List<DeformUxNet> members = new ArrayList<>();
        try {
            for (Path weights : model.weights()) {
                members.add(DeformUxNet.load(weights, manifest.network(), device));
                members.get(members.size() - 1).warmUp(1, roi.d(), roi.h(), roi.w());
            }
            List<NetworkPredictor> predictors =
                    members.stream().map(NetworkPredictor::new).toList();
            return new LoadedModel(model, members, new SlidingWindow(settings, new EnsemblePredictor(predictors)));
        } catch (RuntimeException e) {
            members.forEach(DeformUxNet::close);
            throw e;
        }
    }
}
