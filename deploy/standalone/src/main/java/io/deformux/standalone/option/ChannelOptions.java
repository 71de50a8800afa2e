package io.deformux.standalone.option;

import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.InputReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The other images of a scan, for a model that sees several. */
public final class ChannelOptions {
    @Option(
            names = "--channel",
            paramLabel = "NAME=PATH",
            description =
                    "Another image of the scan, by the channel's name in the model, whose first channel is --input;"
                            + " repeat for several. It is resampled to the grid of --input.")
    private Map<String, String> channels = new LinkedHashMap<>();

    /** Whether there are any. */
    public boolean areGiven() {
        return !channels.isEmpty();
    }

    /** References of them, each made of what was given behind its name; empty where none was given. */
    public Optional<List<ChannelReference>> references(Function<String, InputReference> reference) {
        return channels.isEmpty()
                ? Optional.empty()
                : Optional.of(channels.entrySet().stream()
                        .map(channel -> new ChannelReference(channel.getKey(), reference.apply(channel.getValue())))
                        .toList());
    }
}
