package io.deformux.standalone.option;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a new network is like; without any of these the published DeformUX-Net. */
public final class NetworkOptions {
    @Mixin
    private ArchitectureOptions architecture;

    @Option(
            names = "--feature-sizes",
            split = ",",
            paramLabel = "N",
            description = "The setting featureSizes: channels of the four stages (default: 48,96,192,384).")
    private List<Integer> featureSizes;

    @Option(
            names = "--depths",
            split = ",",
            paramLabel = "N",
            description = "The setting depths: blocks per stage (default: 2,2,2,2).")
    private List<Integer> depths;

    @Option(names = "--hidden", description = "The setting hidden: channels at the deepest level (default: 768).")
    private Integer hidden;

    /**
     * The network.
     *
     * @param inChannels images that it sees of a scan
     * @param outChannels classes, the background included
     * @throws IllegalArgumentException if there is none like that, with the reason
     */
    public NetworkConfig network(int inChannels, int outChannels) {
        return wanted().kind().configured(inChannels, outChannels, wanted().given());
    }

    /** The same for a training, whose window may be planned. */
    WantedNetwork wanted() {
        NetworkSettings settings = NetworkSettings.NONE;
        settings = featureSizes == null ? settings : settings.with("featureSizes", featureSizes);
        settings = depths == null ? settings : settings.with("depths", depths);
        settings = hidden == null ? settings : settings.with("hidden", hidden);
        return new WantedNetwork(architecture.name(), settings.overriddenBy(architecture.given()));
    }
}
