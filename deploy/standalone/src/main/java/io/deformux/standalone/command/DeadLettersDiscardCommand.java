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

/** Dead letters that are dealt with. */
@Command(
        name = "discard",
        description = "Marks dead letters as dealt with, so that they are listed no more.",
        mixinStandardHelpOptions = true)
final class DeadLettersDiscardCommand implements Callable<Integer> {
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
        return new DeadLetterChange(spec, DeadLetterDesk::discard, "discarded").apply(kafka.connection(), which, all);
    }
}
