package io.deformux.standalone.command;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.schemas.JobCancel;
import io.deformux.standalone.option.KafkaOptions;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The end of a job by hand. */
@Command(
        name = "cancel",
        description = "Asks all workers to end a job, running or waiting; it fails with JOB_CANCELLED_BY_REQUEST.",
        mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Parameters(
            paramLabel = "JOB",
            description = "A scan's job id, the id of a comparison or training, or that of a fold.")
    private String job;

    @Override
    public Integer call() {
        try (EventPublisher publisher = new EventPublisher(kafka.connection(), URI.create("/deformux/cancel"))) {
            publisher.publish(new JobCancel(job));
        }
        return ExitCode.OK;
    }
}
