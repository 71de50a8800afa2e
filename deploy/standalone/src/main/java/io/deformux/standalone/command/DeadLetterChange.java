package io.deformux.standalone.command;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.messaging.deadletter.DeadLetterFilter;
import io.deformux.standalone.option.DeadLetterOptions;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The same done to every dead letter of a choice; one that is refused does not keep the others from it. */
final class DeadLetterChange {
    private final CommandSpec spec;
    private final BiConsumer<DeadLetterDesk, DeadLetter> change;
    private final String done;

    /** @param done what to say of a letter afterwards */
    DeadLetterChange(CommandSpec spec, BiConsumer<DeadLetterDesk, DeadLetter> change, String done) {
        this.spec = spec;
        this.change = change;
        this.done = done;
    }

    /** @param all whether no choice means all open ones */
    int apply(KafkaConnection connection, DeadLetterOptions which, boolean all) {
        DeadLetterFilter filter = which.ofThoseToChange();
        if (!all && !filter.isLimited()) {
            throw new ParameterException(
                    spec.commandLine(), "say which: ids, --code, --topic, --job, a time, or --all");
        }
        int refused = 0;
        try (DeadLetterDesk desk = DeadLetterDesk.open(connection)) {
            List<DeadLetter> letters = desk.list(filter);
            for (String id : filter.ids()) {
                if (letters.stream().noneMatch(letter -> letter.id().equals(id))) {
                    spec.commandLine().getErr().println("deformux: there is no such dead letter: " + id);
                    refused++;
                }
            }
            if (letters.isEmpty() && filter.ids().isEmpty()) {
                spec.commandLine().getErr().println("deformux: no open dead letter is such");
            }
            for (DeadLetter letter : letters) {
                refused += apply(desk, letter);
            }
        }
        return refused == 0 ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private int apply(DeadLetterDesk desk, DeadLetter letter) {
        try {
            change.accept(desk, letter);
            spec.commandLine()
                    .getOut()
                    .println(done + " " + letter.id() + " " + letter.job().orElse(""));
            return 0;
        } catch (JobException e) {
            if (e.code() != FailureCode.DEAD_LETTER_REFUSED) {
                throw e;
            }
            spec.commandLine().getErr().println("deformux: " + e.code() + ": " + e.getMessage());
            return 1;
        }
    }
}
