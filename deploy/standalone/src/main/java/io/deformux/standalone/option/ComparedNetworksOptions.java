package io.deformux.standalone.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.volume.Shape3;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which networks are compared. */
public final class ComparedNetworksOptions {
    private static final String IMAGE_SIZE = "imageSize";

    /** In requests the numbers of channels and classes do not matter: they are the data set's. */
    private static final int CLASSES = 2;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--networks",
            required = true,
            split = ",",
            paramLabel = "NAME[=ARCHITECTURE]",
            description =
                    "The networks, as deform-uxnet,unetr; one of a kind that is there twice has a name of its own,"
                            + " as ux-net,ux-net-k21=ux-net. Unknown kinds are answered with those that there are.")
    private List<String> networks;

    @Option(
            names = "--network-setting",
            paramLabel = "NAME.SETTING=VALUE",
            description =
                    "A setting of one of them, as ux-net-k21.kernel=21. May be given several times (default: as in"
                            + " the published network, for images of --roi where it takes one size alone).")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** What is asked for, but for the ids: the recipe, and the networks with every setting written out. */
    public ComparisonRequested request(RecipeOptions recipe, String id, String model, URI output) {
        Map<String, String> architectures = architectures();
        recipe.plan((channels, classes) -> architectures.entrySet().stream()
                .<Function<Shape3, NetworkConfig>>map(each -> window -> network(
                        each.getValue(),
                        channels,
                        classes,
                        settingsOf(each.getKey()),
                        List.of(window.d(), window.h(), window.w())))
                .toList());
        List<ComparedNetwork> compared = architectures.entrySet().stream()
                .map(each -> new ComparedNetwork(
                        each.getKey(),
                        recipe.architecture(
                                () -> network(each.getValue(), 1, CLASSES, settingsOf(each.getKey()), recipe.roi()))))
                .toList();
        return new ComparisonRequested(id, recipe.recipe(), compared, model, output);
    }

    private Map<String, String> architectures() {
        Map<String, String> architectures = new LinkedHashMap<>();
        for (String network : networks) {
            String[] parts = network.split("=", 2);
            if (architectures.put(parts[0], parts[parts.length - 1]) != null) {
                throw wrong("two networks are called " + parts[0] + "; give one another name, as NAME=ARCHITECTURE");
            }
        }
        settings.keySet().forEach(key -> {
            if (key.indexOf('.') < 0 || !architectures.containsKey(network(key))) {
                throw wrong("--network-setting " + key + ": there is no such network, only " + architectures.keySet());
            }
        });
        return architectures;
    }

    /** A kind that takes one size alone takes that of the window, unless another one was given. */
    private static NetworkConfig network(
            String architecture, int channels, int classes, NetworkSettings given, List<Integer> roi) {
        JsonNode published = Architectures.configured(architecture, 1, 2, NetworkSettings.NONE)
                .settings()
                .json()
                .path(IMAGE_SIZE);
        NetworkSettings settings = NetworkSettings.NONE;
        if (published.isArray()) {
            settings = settings.with(IMAGE_SIZE, roi);
        } else if (published.isNumber()) {
            settings = settings.with(IMAGE_SIZE, roi.get(0));
        }
        return Architectures.configured(architecture, channels, classes, settings.overriddenBy(given));
    }

    private NetworkSettings settingsOf(String network) {
        Map<String, String> given = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            if (network(key).equals(network)) {
                given.put(key.substring(key.indexOf('.') + 1), value);
            }
        });
        return NetworkSettings.given(given);
    }

    private static String network(String key) {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
