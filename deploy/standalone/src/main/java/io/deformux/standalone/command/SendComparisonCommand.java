package io.deformux.standalone.command;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.standalone.option.ComparedNetworksOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.RecipeOptions;
import io.deformux.standalone.option.Reference;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A comparison request by hand. */
@Command(
        name = "comparison",
        description = {
            "Publishes a comparison request and prints its comparison id.",
            "Each network is trained on the same folds; what is not given is as in the published recipe."
        },
        mixinStandardHelpOptions = true)
final class SendComparisonCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private ComparedNetworksOptions networks;

    @Option(
            names = "--model",
            required = true,
            description = "What the names of the published models begin with; the network's name follows.")
    private String model;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH|URI",
            description = "Where the workers keep checkpoints, curves, the folds' models and the table.")
    private String output;

    @Option(names = "--comparison-id", description = "The comparison's id (default: a random one).")
    private String comparisonId = UUID.randomUUID().toString();

    @Override
    public Integer call() {
        recipe.requirePreparation();
        ComparisonRequested request = networks.request(recipe, comparisonId, model, Reference.of(output));
        try (EventPublisher publisher = new EventPublisher(kafka.connection(), URI.create("/deformux/send"))) {
            publisher.publish(request);
        }
        spec.commandLine().getOut().println(comparisonId);
        return ExitCode.OK;
    }
}
