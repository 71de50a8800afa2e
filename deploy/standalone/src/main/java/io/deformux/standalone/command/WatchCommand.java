package io.deformux.standalone.command;

import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.Topics;
import io.deformux.standalone.option.KafkaOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Result events as they come. */
@Command(
        name = "watch",
        description =
                "Prints result events of scans, trainings and comparisons, and published models, one CloudEvent as JSON per line, until Ctrl-C"
                        + " or until nobody reads them any more.",
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--from-beginning", description = "Begin with the oldest event that Kafka still has.")
    private boolean fromBeginning;

    @Option(names = "--progress", description = "Progress events too.")
    private boolean progress;

    @Option(names = "--count", paramLabel = "N", description = "End after N events.")
    private long count = Long.MAX_VALUE;

    @Override
    public Integer call() {
        List<String> topics =
                new ArrayList<>(List.of(Topics.SEGMENTATION_RESULT, Topics.TRAINING_RESULT, Topics.MODEL_PUBLISHED));
        if (progress) {
            topics.add(Topics.PROGRESS);
        }
        PrintWriter out = spec.commandLine().getOut();
        EventCodec codec = new EventCodec();
        long printed = 0;
        try (EventReader reader =
                new EventReader(kafka.connection(), topics, fromBeginning ? From.EARLIEST : From.NOW)) {
            // Whoever reads the lines may have enough, as head -1 has; a pipe says so when it is written to, and
            // System.out
            // keeps that from the writer over it.
            while (printed < count && !out.checkError() && !System.out.checkError()) {
                for (ReceivedEvent event : reader.read(Duration.ofSeconds(1))) {
                    out.println(codec.toJsonLine(event.envelope()));
                    printed++;
                }
            }
        }
        return ExitCode.OK;
    }
}
