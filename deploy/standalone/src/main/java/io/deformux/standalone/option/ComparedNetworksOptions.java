package io.deformux.standalone.option;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonRequested;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which networks are compared. */
public final class ComparedNetworksOptions {
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
        Map<String, WantedNetwork> wanted = wanted();
        recipe.plan(List.copyOf(wanted.values()));
        List<ComparedNetwork> compared = wanted.entrySet().stream()
                .map(each -> new ComparedNetwork(each.getKey(), recipe.architecture(each.getValue())))
                .toList();
        return new ComparisonRequested(id, recipe.recipe(), compared, model, output);
    }

    private Map<String, WantedNetwork> wanted() {
        Map<String, WantedNetwork> wanted = new LinkedHashMap<>();
        architectures().forEach((name, kind) -> wanted.put(name, new WantedNetwork(kind, settingsOf(name))));
        return wanted;
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
