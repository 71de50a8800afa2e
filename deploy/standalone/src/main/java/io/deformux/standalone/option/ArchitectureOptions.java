package io.deformux.standalone.option;

import io.deformux.network.Architectures;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.Settings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which kind of network. */
public final class ArchitectureOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "The kind of network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String name = "deform-uxnet";

    @Option(
            names = "--architecture-setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of it, as hidden=128 or depths=2,2,2,2; an unknown one is answered with the names that"
                    + " there are. May be given several times (default: as in the published network).")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The names, for people who ask. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Architectures.ALL.stream().map(Architecture::name).iterator();
        }
    }

    /** The kind. */
    public Architecture<?> architecture() {
        return checked(() -> Architectures.named(name));
    }

    /** The settings as they were given, and no other. */
    public Settings given() {
        return Settings.given(settings);
    }

    /** A network with these settings; what cannot be is a wrong command line. */
    public NetworkConfig network(int outChannels, Settings all) {
        Architecture<?> architecture = architecture();
        return checked(() -> architecture.configured(1, outChannels, all));
    }

    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--architecture: " + e.getMessage(), e);
        }
    }
}
