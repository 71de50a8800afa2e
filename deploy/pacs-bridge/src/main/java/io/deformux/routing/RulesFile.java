package io.deformux.routing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of rules that people change while a program runs: what it holds now, and if that is not right, what it held before.
 * One thread.
 */
public final class RulesFile {
    private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

    private final Path file;
    private final RoutingRulesReader reader;
    private final Consumer<Boolean> refused;
    private byte[] read;
    private RoutingRules rules;
    private Optional<String> said = Optional.empty();

    private RulesFile(Path file, RoutingRulesReader reader, byte[] read, Consumer<Boolean> refused) {
        this.file = file;
        this.reader = reader;
        this.read = read;
        this.rules = reader.read(read);
        this.refused = refused;
    }

    /**
     * Reads a file for the first time.
     *
     * @param refused hears, whenever the file was looked at, whether it is refused as it is now
     * @throws IllegalArgumentException saying which rule has what wrong
     */
    public static RulesFile open(Path file, Consumer<Boolean> refused) {
        return new RulesFile(file, new RoutingRulesReader(), RoutingRulesReader.bytes(file), refused);
    }

    /** The rules that hold now. Looks at the file. */
    public RoutingRules current() {
        try {
            byte[] now = RoutingRulesReader.bytes(file);
            if (!Arrays.equals(now, read)) {
                rules = reader.read(now);
                read = now;
                LOG.info("Has read {} rules anew", rules.rules().size());
            }
            said = Optional.empty();
        } catch (IllegalArgumentException e) {
            if (!said.equals(Optional.ofNullable(e.getMessage()))) {
                said = Optional.ofNullable(e.getMessage());
                LOG.warn("The rules are refused as they are now, and those before hold: {}", e.getMessage());
            }
        }
        refused.accept(said.isPresent());
        return rules;
    }
}
