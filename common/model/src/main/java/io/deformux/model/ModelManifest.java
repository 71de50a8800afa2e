package io.deformux.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.DeformUxNet;
import io.deformux.network.weights.Precision;
import io.deformux.storage.Digest;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code model.json} says of a package. {@link ManifestJson} is its form on disk.
 *
 * @param id name and version
 * @param preset how scans are prepared, and the label names: class c of the network is label c of the output, unless
 *     the preset has regions
 * @param network the network, the same for all members
 * @param window how the sliding window runs by default; of a size that the network takes
 * @param precision how the weights are stored
 * @param members the networks, 1 to 64; several are an ensemble
 * @param provenance where the model comes from, free JSON: data set digest, splits, metrics, seeds, code version
 */
public record ModelManifest(
        ModelId id,
        Preset preset,
        NetworkConfig network,
        WindowDefaults window,
        Precision precision,
        List<Member> members,
        ObjectNode provenance) {
    /** The name of the file inside the package. */
    public static final String FILE = "model.json";

    /** The version of the format of packages whose intensities are scaled by a window. */
    public static final int FORMAT_VERSION = 1;

    /** That of packages whose intensities are scaled by something else. */
    static final int INTENSITY_FORMAT_VERSION = 2;

    /** That of packages of any architecture. The two before are of DeformUX-Net. */
    static final int ARCHITECTURE_FORMAT_VERSION = 3;

    /** That of packages whose network sees several images of a scan. */
    static final int CHANNELS_FORMAT_VERSION = 4;

    /** That of packages whose network's outputs stand for regions. */
    static final int REGIONS_FORMAT_VERSION = 5;

    /** The newest that is read: that of packages with other axes than RAS+, or with a spacing of the turned axes. */
    static final int AXES_FORMAT_VERSION = 6;

    private static final int MOST_MEMBERS = 64;

    /**
     * Checks that the parts agree.
     *
     * @throws io.deformux.failure.JobException MODEL_INVALID
     */
    public ModelManifest {
        members = List.copyOf(members);
        provenance = ManifestJson.normalised(provenance);
        requirePreset(preset);
        requireSize(network, window);
        requireChannels(network, preset);
        int outputs = preset.outputs();
        Invalid.unless(
                outputs == network.outChannels(),
                "there are " + outputs + (preset.regions().isEmpty() ? " labels" : " regions") + " but the network has "
                        + network.outChannels()
                        + " output channels; give one label per channel, the background included");
        Invalid.unless(
                !members.isEmpty() && members.size() <= MOST_MEMBERS, "a package needs 1 to 64 members with weights");
        Set<String> files = new HashSet<>();
        Set<Integer> folds = new HashSet<>();
        for (Member member : members) {
            Invalid.unless(files.add(member.file()), "two members have the file " + member.file());
            Invalid.unless(
                    member.fold().isEmpty() || folds.add(member.fold().getAsInt()), "two members have the same fold");
        }
    }

    /** A copy; changing it does not change the manifest. */
    @Override
    public ObjectNode provenance() {
        return provenance.deepCopy();
    }

    /**
     * The digest that stands for the package in events: the SHA-256 of its canonical JSON (fields sorted by name, no
     * white space). It holds the digests of the weights, so it covers every byte that matters, and not how
     * {@code model.json} is laid out.
     */
    public String digest() {
        return Digest.of(ManifestJson.canonical(this));
    }

    /** The format that its JSON has: the older one wherever that says all, so that older software reads it. */
    int formatVersion() {
        if (!preset.axes().equals(NetworkAxes.RECIPE)) {
            return AXES_FORMAT_VERSION;
        }
        if (!preset.regions().isEmpty()) {
            return REGIONS_FORMAT_VERSION;
        }
        if (preset.channels().size() > 1) {
            return CHANNELS_FORMAT_VERSION;
        }
        if (network.architecture() != DeformUxNet.ARCHITECTURE) {
            return ARCHITECTURE_FORMAT_VERSION;
        }
        return preset.intensity() instanceof IntensityWindow ? FORMAT_VERSION : INTENSITY_FORMAT_VERSION;
    }

    private static void requireSize(NetworkConfig network, WindowDefaults window) {
        List<Integer> roi = window.roi();
        try {
            network.requireSize(roi.get(0), roi.get(1), roi.get(2));
        } catch (IllegalArgumentException e) {
            throw Invalid.model("the window: " + e.getMessage());
        }
    }

    private static void requireChannels(NetworkConfig network, Preset preset) {
        List<String> names = preset.channels().stream().map(ImageChannel::name).toList();
        Invalid.unless(
                network.inChannels() == names.size(),
                "the network has " + network.inChannels() + " input channels and the preset says " + names.size() + " ("
                        + String.join(",", names) + "); give one name per channel with --channels");
        Invalid.unless(
                names.size() > 1 || names.get(0).equals(ImageChannel.ONLY),
                "a network that sees one image has a channel called " + ImageChannel.ONLY);
    }

    private static void requirePreset(Preset preset) {
        ModelId.requireName("the preset's name", preset.name());
        Invalid.unless(
                preset.spacing().stream().allMatch(mm -> mm >= 0.01 && mm <= 100),
                "each spacing must be 0.01 to 100 mm");
        for (ImageChannel channel : preset.channels()) {
            Invalid.unless(
                    !(channel.intensity() instanceof IntensityWindow window)
                            || Math.abs(window.lo()) <= 1e6 && Math.abs(window.hi()) <= 1e6,
                    "the intensity window must lie within -1e6 to 1e6");
        }
        Invalid.unless(
                preset.classes().stream().allMatch(Preset::isClassName),
                "a label name must be 1 to 64 characters without control characters");
    }
}
