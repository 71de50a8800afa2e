package io.deformux.standalone.command;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.results.ResultsPage;
import io.deformux.results.ResultsPageConfig;
import io.deformux.results.web.Gate;
import io.deformux.results.web.Page;
import io.deformux.results.web.Token;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.standalone.option.AccessListing;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ManagementOptions;
import io.deformux.standalone.option.PageOptions;
import io.deformux.standalone.option.Reference;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.AddressBlock;
import io.deformux.telemetry.Telemetry;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The page of a cluster. */
@Command(
        name = "results-page",
        description = "Serves a page with the scans, trainings, models and failures of a Kafka cluster, and the same as"
                + " JSON, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class ResultsPageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private PageOptions page;

    @Mixin
    private ManagementOptions management;

    @Option(
            names = "--page-address",
            paramLabel = "HOST",
            description = "The address that the results page listens on (default: 127.0.0.1). Any but a loopback"
                    + " address needs --page-token or --page-user-header.")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(
            names = "--page-user-header",
            paramLabel = "NAME",
            description = "The header in which a proxy that signs users in names them; whoever it names may look"
                    + " (default: none, so that the token decides).")
    private String userHeader;

    @Option(
            names = "--page-proxies",
            split = ",",
            paramLabel = "ADDRESS",
            description = "The addresses or networks (10.1.0.0/16) that this proxy connects from, parted by commas;"
                    + " others are refused (default: 127.0.0.1).")
    private List<String> proxies = List.of("127.0.0.1");

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description = "What the files of results may be read from: output folders, hosts, buckets, credentials.")
    private Path access;

    @Option(
            names = "--allow-output",
            split = ",",
            paramLabel = "DIR",
            description = "A folder below which the files of results lie, besides those of --access.")
    private List<Path> outputRoots = List.of();

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description =
                    "Where files from elsewhere lie while they are sent (default: deformux in the system's temporary"
                            + " folder).")
    private Path scratch = WorkerOptions.DEFAULT_SCRATCH;

    @Option(
            names = "--upload-output",
            paramLabel = "DIR|URI",
            description =
                    "Where the workers store what they find in uploaded scans (default: the first output folder).")
    private String uploadOutput;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = kafka.connection();
        AccessPolicy allowed = access();
        InetSocketAddress listening = new InetSocketAddress(address, page.port().orElse(page.usualPort()));
        ResultsPageConfig started =
                config(connection, listening, page, allowed, scratch, rights(page.token(), uploadOutput(allowed)));
        connection.requireUsable();
        page.uploadsTakeTheirTime();
        try (Telemetry told = management.start(spec)) {
            told.watch(connection, List::of);
            topics.create(connection);
            ResultsPage running = start(started, told.webhooks());
            told.requireToLive(running::isAlive);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
            spec.commandLine().getOut().println("results page: " + address(running));
            spec.commandLine().getOut().flush();
            told.started();
            running.join();
        }
        return ExitCode.OK;
    }

    private ResultsPage start(ResultsPageConfig config, WebhookObserver webhooks) {
        try {
            return ResultsPage.start(config, webhooks);
        } catch (UncheckedIOException e) {
            throw page.notListening(e);
        }
    }

    /** What a page is given, here and in {@code up}. */
    static ResultsPageConfig config(
            KafkaConnection kafka,
            InetSocketAddress address,
            PageOptions page,
            AccessPolicy access,
            Path scratch,
            Page.Rights rights) {
        return new ResultsPageConfig(
                kafka, address, page.keepJobs(), access, scratch.toAbsolutePath(), rights, page.webhook());
    }

    static String address(ResultsPage page) {
        InetSocketAddress address = page.address();
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/";
    }

    private Page.Rights rights(Optional<Token> token, Optional<URI> output) {
        Gate gate;
        if (userHeader != null) {
            gate = Gate.proxy(userHeader, proxies());
        } else if (address.isLoopbackAddress()) {
            gate = Gate.loopback();
        } else {
            gate = token.map(Gate::token)
                    .orElseThrow(
                            () -> new ParameterException(
                                    spec.commandLine(),
                                    "--page-address " + address.getHostAddress()
                                            + " can be reached from elsewhere: give --page-token FILE or --page-user-header NAME"));
        }
        return new Page.Rights(gate, token, output.flatMap(page::uploads));
    }

    private List<AddressBlock> proxies() {
        try {
            return proxies.stream().map(String::strip).map(AddressBlock::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--page-proxies: " + e.getMessage(), e);
        }
    }

    private Optional<URI> uploadOutput(AccessPolicy allowed) {
        if (uploadOutput != null) {
            return Optional.of(Reference.of(uploadOutput));
        }
        if (page.takesUploads() && allowed.outputRoots().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--uploads needs --upload-output, or --allow-output DIR");
        }
        return allowed.outputRoots().stream().findFirst().map(Path::toUri);
    }

    private AccessPolicy access() {
        AccessListing access = AccessListing.of(Optional.ofNullable(this.access), spec);
        return access.listed().withRoots(List.of(), access.outputsAnd(outputRoots));
    }
}
