package io.deformux.standalone.bench;

import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import java.util.List;
import java.util.Map;

/**
 * One of the eleven networks that the paper compares, for windows of 96³ voxels.
 *
 * @param name what it is called
 * @param architecture its kind
 * @param published settings of the published one that are not that kind's own
 * @param narrow settings of one with a few channels
 */
record PaperNetwork(String name, String architecture, Map<String, String> published, Map<String, String> narrow) {
    private static final Map<String, String> ENCODER_DECODER = Map.of("featureSizes", "8,16,32,64", "hidden", "128");

    /** All of them, DeformUX-Net first. */
    static final List<PaperNetwork> ALL = List.of(
            new PaperNetwork("deform-uxnet", "deform-uxnet", Map.of(), ENCODER_DECODER),
            new PaperNetwork("ux-net", "ux-net", Map.of(), ENCODER_DECODER),
            new PaperNetwork(
                    "ux-net-k21",
                    "ux-net",
                    Map.of("kernel", "21"),
                    Map.of("featureSizes", "8,16,32,64", "hidden", "128", "kernel", "21")),
            new PaperNetwork("repux-net", "repux-net", Map.of(), ENCODER_DECODER),
            new PaperNetwork("nnu-net", "nnu-net", Map.of(), Map.of("features", "8,16,32,64")),
            new PaperNetwork("trans-bts", "trans-bts", Map.of(), Map.of("embedding", "256", "hidden", "256")),
            new PaperNetwork(
                    "unetr", "unetr", Map.of(), Map.of("featureSize", "8", "hidden", "48", "mlp", "96", "heads", "4")),
            new PaperNetwork("nnformer", "nnformer", Map.of(), Map.of("embedding", "24", "heads", "2,4,8,16")),
            new PaperNetwork("swin-unetr", "swin-unetr", Map.of(), Map.of("featureSize", "12")),
            new PaperNetwork("unest-base", "unest", Map.of(), Map.of("dims", "32,64,128", "depths", "1,1,2")),
            new PaperNetwork(
                    "unest-large",
                    "unest",
                    Map.of("dims", "192,384,768", "depths", "2,2,20"),
                    Map.of("dims", "48,96,192", "depths", "1,1,4")));

    /** The one of that name. */
    static PaperNetwork named(String name) {
        return ALL.stream()
                .filter(network -> network.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is no network of the paper's table"));
    }

    /** The published one. */
    NetworkConfig published(int classes) {
        return Architectures.configured(architecture, 1, classes, NetworkSettings.given(published));
    }

    /** The one of few channels. */
    NetworkConfig narrow(int classes) {
        return Architectures.configured(architecture, 1, classes, NetworkSettings.given(narrow));
    }
}
