package io.deformux.standalone.command;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.results.ResultsPage;
import io.deformux.results.web.Gate;
import io.deformux.results.web.Page;
import io.deformux.results.web.Token;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.InferenceOptions;
import io.deformux.standalone.option.PageOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.RunningWorker;
import io.deformux.storage.AccessPolicy;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Broker and workers in one process. */
@Command(
        name = "up",
        description =
                "Starts a Kafka broker, an inference worker, a training worker and the results page in this process, until"
                        + " Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private WorkerOptions worker;

    @Mixin
    private InferenceOptions inference;

    @Mixin
    private PageOptions page;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the broker keeps its log, so that events outlive a restart (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("deformux-data");

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(data.toAbsolutePath());
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        List<RunningWorker> workers = List.of(
                InferWorkerCommand.start(connection, worker, inference),
                TrainWorkerCommand.start(connection, worker),
                RunningWorker.of(ReplayWorker.start(connection)));
        String token = Token.random();
        ResultsPage shown = page(connection, token);
        PrintWriter out = spec.commandLine().getOut();
        // Behind the # it stays in the browser.
        out.println("results page: " + ResultsPageCommand.address(shown)
                + (page.token().isPresent() ? "" : "#token=" + token));
        out.println("bootstrap servers: " + broker.bootstrapServers());
        out.flush();
        RunUntilStopped.run(workers, worker.grace(), () -> {
            shown.close();
            broker.close();
        });
        return ExitCode.OK;
    }

    private ResultsPage page(KafkaConnection connection, String token) {
        try {
            return page(connection, token, page.port().orElse(page.usualPort()));
        } catch (UncheckedIOException e) {
            if (page.port().isPresent()) {
                throw e;
            }
            return page(connection, token, 0); // somebody has the usual one
        }
    }

    private ResultsPage page(KafkaConnection connection, String token, int port) {
        AccessPolicy access = worker.access();
        Page.Rights rights = new Page.Rights(
                Gate.loopback(),
                Optional.of(page.token().orElseGet(() -> new Token(token))),
                access.outputRoots().stream().findFirst().map(Path::toUri).flatMap(page::uploads));
        return ResultsPage.start(ResultsPageCommand.config(
                connection,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                page,
                access,
                worker.scratch(),
                rights));
    }
}
