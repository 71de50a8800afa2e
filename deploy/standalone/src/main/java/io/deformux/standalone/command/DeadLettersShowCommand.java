package io.deformux.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.messaging.deadletter.DeadLetterFilter;
import io.deformux.standalone.option.KafkaOptions;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All of one dead letter. */
@Command(
        name = "show",
        description = "Prints one dead letter: why, how often tried, and the record as it came.",
        mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Parameters(paramLabel = "ID", description = "Its id, as 0-17.")
    private String id;

    @Option(names = "--json", description = "Prints it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        DeadLetter letter = DeadLetterDesk.list(kafka.connection(), DeadLetterFilter.one(id)).stream()
                .findFirst()
                .orElseThrow(
                        () -> new JobException(FailureCode.DEAD_LETTER_REFUSED, "There is no dead letter " + id + "."));
        Map<String, Object> fields = DeadLetterView.fields(letter);
        fields.put("headers", letter.headers());
        fields.put("value", letter.value().orElse(null));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(fields));
        } else {
            fields.forEach((name, value) -> out.println("%-10s %s".formatted(name, value == null ? "" : value)));
        }
        return ExitCode.OK;
    }
}
