package io.deformux.standalone.command;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.schemas.TrainingRequested;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.RecipeOptions;
import io.deformux.standalone.option.Reference;
import io.deformux.standalone.option.TrainingOptions;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A training request by hand. */
@Command(
        name = "training",
        description = {
            "Publishes a training request and prints its training id.",
            "What is not given is as in the published recipe; the event states all of it."
        },
        mixinStandardHelpOptions = true)
final class SendTrainingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private TrainingOptions options;

    @Option(names = "--model", required = true, description = "The name of the model to publish.")
    private String model;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH|URI",
            description = "Where the workers keep checkpoints, curves and the folds' models.")
    private String output;

    @Option(names = "--training-id", description = "The training's id (default: a random one).")
    private String trainingId = UUID.randomUUID().toString();

    @Override
    public Integer call() {
        recipe.requirePreparation();
        TrainingRequested request =
                new TrainingRequested(trainingId, options.training(recipe), model, Reference.of(output));
        try (EventPublisher publisher = new EventPublisher(kafka.connection(), URI.create("/deformux/send"))) {
            publisher.publish(request);
        }
        spec.commandLine().getOut().println(trainingId);
        return ExitCode.OK;
    }
}
