package io.deformux.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.standalone.option.DeadLetterOptions;
import io.deformux.standalone.option.KafkaOptions;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A line per dead letter. */
@Command(name = "list", description = "Lists dead letters, the oldest first.", mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {
    private static final String ROW = "%-10s  %-20s  %-24s  %-8s  %-30s  %-10s  %s";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private DeadLetterOptions which;

    @Option(names = "--all", description = "Also those that were replayed or discarded.")
    private boolean all;

    @Option(names = "--json", description = "Prints a JSON object per line.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        List<DeadLetter> letters = DeadLetterDesk.list(kafka.connection(), which.filter(all));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            for (DeadLetter letter : letters) {
                out.println(mapper.writeValueAsString(DeadLetterView.fields(letter)));
            }
        } else {
            out.println(ROW.formatted("id", "time", "code", "attempts", "topic", "state", "job"));
            letters.forEach(letter -> out.println(row(letter)));
        }
        return ExitCode.OK;
    }

    private static String row(DeadLetter letter) {
        return ROW.formatted(
                letter.id(),
                letter.time().truncatedTo(ChronoUnit.SECONDS),
                letter.code(),
                letter.attempts(),
                letter.topic(),
                DeadLetterView.state(letter),
                letter.job().orElse(""));
    }
}
