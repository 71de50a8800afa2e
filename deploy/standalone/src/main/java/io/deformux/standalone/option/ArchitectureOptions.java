package io.deformux.standalone.option;

import io.deformux.network.Architectures;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.scripted.Scripted;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which kind of network. */
public final class ArchitectureOptions {
    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description =
                    "The kind of network, as deform-uxnet or ux-net; an unknown one is answered with the names that"
                            + " there are (default: ${DEFAULT-VALUE}).")
    private String name = "deform-uxnet";

    @Option(
            names = "--architecture-setting",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting of it, as hidden=128 or depths=2,2,2,2; an unknown one is answered with the names that"
                            + " there are. May be given several times (default: as in the published network).")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The name of the kind, of which there may be none. */
    String name() {
        return name;
    }

    /** The kind; throws {@link IllegalArgumentException} if there is none of that name. */
    public Architecture<?> architecture() {
        return Architectures.named(name);
    }

    /** Whether archives of TorchScript are to be taken as they are. */
    public boolean scripted() {
        return is(Scripted.ARCHITECTURE);
    }

    /** Whether it is that kind. */
    public boolean is(Architecture<?> kind) {
        return name.equals(kind.name());
    }

    /** The settings as they were given, and no other. */
    public NetworkSettings given() {
        return NetworkSettings.given(settings);
    }
}
