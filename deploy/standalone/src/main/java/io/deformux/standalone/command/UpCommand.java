package io.deformux.standalone.command;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.JobWorker;
import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.results.ResultsPage;
import io.deformux.results.web.Gate;
import io.deformux.results.web.Page;
import io.deformux.results.web.Token;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.InferenceOptions;
import io.deformux.standalone.option.PageOptions;
import io.deformux.standalone.option.ProcessEnd;
import io.deformux.standalone.option.TelemetryOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.run.ClientSheet;
import io.deformux.standalone.run.RunUntilStopped;
import io.deformux.standalone.run.WatchedWorkers;
import io.deformux.standalone.settings.Quantity;
import io.deformux.storage.AccessPolicy;
import io.deformux.telemetry.Telemetry;
import io.deformux.worker.infer.outputs.OutputRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Broker and workers in one process. */
@Command(
        name = "up",
        description =
                "Starts a Kafka broker, an inference worker, a training worker and the results page in this process, until"
                        + " Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    /** Kafka's own, so that clients that name no port find it, and find it again. */
    private static final int USUAL_PORT = 9092;

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

    @Mixin
    private TelemetryOptions telemetry;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the broker keeps its log, so that events outlive a restart (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("deformux-data");

    @Quantity(unit = "port", least = 0, most = 65_535)
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Where the broker listens; 0: any that is free (default: 9092, or a free one if that is taken).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--open",
            description = "Print all that a client needs: topics, models, folders, addresses, and commands to copy.")
    private boolean open;

    @Override
    public Integer call() throws InterruptedException {
        page.uploadsTakeTheirTime();
        try (Telemetry told = telemetry.start()) {
            run(told);
        }
        return ExitCode.OK;
    }

    private void run(Telemetry told) throws InterruptedException {
        worker.access(); // a wrong command line is told before anything is started
        page.port().filter(asked -> asked > 0 && !isFree(asked)).ifPresent(asked -> {
            throw taken("--page-port", asked);
        });
        EmbeddedBroker broker = broker();
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        WatchedWorkers watched = new WatchedWorkers(told);
        watched.cluster(
                connection,
                List.of(
                        WorkerRole.inference(worker.group(WorkerOptions.INFERENCE_GROUP)),
                        WorkerRole.training(worker.group(WorkerOptions.TRAINING_GROUP))));
        List<RunningWorker> workers = new ArrayList<>(DeviceWorkers.with(
                watched.inference(inference.config(connection, worker, OutputRole.shown())),
                worker.devices(),
                spec,
                "infer-worker",
                List.of("--bootstrap-servers=" + broker.bootstrapServers(), inference.outputs(OutputRole.shown()))));
        workers.add(TrainWorkerCommand.start(connection, worker, watched));
        JobWorker replays = ReplayWorker.start(
                connection, told.jobs(connection.topics(), Topics.DEAD_LETTER_REPLAY), ProcessEnd.HALT);
        told.watch("replays", replays::isAlive, replays.health());
        workers.add(replays);
        String token = Token.random();
        ResultsPage shown = page(connection, token, told.webhooks());
        PrintWriter out = spec.commandLine().getOut();
        // Behind the # it stays in the browser.
        out.println("results page: " + ResultsPageCommand.address(shown)
                + (page.token().isPresent() ? "" : "#token=" + token));
        out.println("bootstrap servers: " + broker.bootstrapServers());
        if (open) {
            new ClientSheet(broker.bootstrapServers(), worker.models().list(), worker.access(), told.address())
                    .lines()
                    .forEach(out::println);
        }
        out.flush();
        told.started();
        RunUntilStopped.run(workers, worker.grace(), told, () -> {
            shown.close();
            broker.close();
        });
    }

    private EmbeddedBroker broker() {
        int asked = port.orElse(USUAL_PORT);
        boolean free = asked > 0 && isFree(asked);
        if (!free && asked > 0 && port.isPresent()) {
            throw taken("--port", asked);
        }
        return free ? EmbeddedBroker.start(data.toAbsolutePath(), asked) : EmbeddedBroker.start(data.toAbsolutePath());
    }

    private ParameterException taken(String option, int asked) {
        return new ParameterException(
                spec.commandLine(), option + ": " + asked + " is taken; name another one, or 0 for any that is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket tried = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return tried.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private ResultsPage page(KafkaConnection connection, String token, WebhookObserver webhooks) {
        try {
            return page(connection, token, webhooks, page.port().orElse(page.usualPort()));
        } catch (UncheckedIOException e) {
            if (page.port().isPresent()) {
                throw page.notListening(e);
            }
            return page(connection, token, webhooks, 0); // somebody has the usual one
        }
    }

    private ResultsPage page(KafkaConnection connection, String token, WebhookObserver webhooks, int port) {
        AccessPolicy access = worker.access();
        Page.Rights rights = new Page.Rights(
                Gate.loopback(),
                Optional.of(page.token().orElseGet(() -> new Token(token))),
                access.outputRoots().stream().findFirst().map(Path::toUri).flatMap(page::uploads));
        return ResultsPage.start(
                ResultsPageCommand.config(
                        connection,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        page,
                        access,
                        worker.scratch(),
                        rights),
                webhooks);
    }
}
