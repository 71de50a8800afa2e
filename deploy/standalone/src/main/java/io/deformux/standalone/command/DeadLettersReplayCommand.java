package io.deformux.standalone.command;

import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.standalone.option.DeadLetterOptions;
import io.deformux.standalone.option.KafkaOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Dead letters again. */
@Command(
        name = "replay",
        description = "Sends the original records again, to be tried as often as new ones.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private DeadLetterOptions which;

    @Option(names = "--all", description = "All that are open.")
    private boolean all;

    @Override
    public Integer call() {
        return new DeadLetterChange(spec, DeadLetterDesk::replay, "replayed").apply(kafka.connection(), which, all);
    }
}
