package io.deformux.standalone.option;

import io.deformux.messaging.cluster.Backoff;
import io.deformux.results.web.Token;
import io.deformux.results.web.Uploads;
import io.deformux.results.webhook.WebhookConfig;
import io.deformux.standalone.settings.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The results page, whether it runs alone or beside workers. */
public final class PageOptions {
    private static final int DEFAULT_PORT = 8080;
    private static final Backoff WEBHOOK_WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Quantity(unit = "port", least = 0, most = 65_535)
    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            description = "Where the results page listens; 0: any that is free (default: 8080, of up a free one if that"
                    + " is taken).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--page-token",
            paramLabel = "FILE",
            description = "A file with the token of those who may publish through the results page, 16 characters or"
                    + " more (default: nobody may, of up a random one).")
    private Path token;

    @Option(
            names = "--uploads",
            paramLabel = "DIR",
            description =
                    "Where scans go that are uploaded, below a folder that the workers may read (default: none are"
                            + " taken).")
    private Path uploads;

    @Quantity(unit = "bytes", least = 1, most = 1L << 40)
    @Option(names = "--upload-bytes", description = "Larger uploads are refused (default: ${DEFAULT-VALUE}).")
    private long uploadBytes = 2L << 30;

    @Quantity(unit = "jobs", least = 1, most = 1_000_000)
    @Option(
            names = "--keep-jobs",
            description =
                    "So many jobs, the newest, are kept in memory, at some kilobytes each (default: ${DEFAULT-VALUE}).")
    private int keepJobs = 10_000;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "Where each result is posted to, signed, from the oldest on that Kafka still has (default:"
                    + " nowhere).")
    private URI webhook;

    @Option(
            names = "--webhook-secret",
            paramLabel = "FILE",
            description = "A file with the secret that posts are signed with.")
    private Path webhookSecret;

    @Option(
            names = "--webhook-group",
            description = "The consumer group that keeps the place (default: ${DEFAULT-VALUE}). Another receiver needs"
                    + " another one.")
    private String webhookGroup = "deformux-webhook";

    @Quantity(unit = "tries", least = 1, most = 1_000_000)
    @Option(
            names = "--webhook-tries",
            description =
                    "After so many tries, 1 s to 5 min apart, a result is passed over (default: ${DEFAULT-VALUE}).")
    private int webhookTries = 300;

    /** The port that was asked for. */
    public Optional<Integer> port() {
        return port;
    }

    /** What to tell of a page that could not listen there. */
    public ParameterException notListening(UncheckedIOException why) {
        return new ParameterException(
                spec.commandLine(),
                "--page-port " + port.orElse(DEFAULT_PORT) + " cannot be listened at: "
                        + why.getCause().getMessage() + "; name another one, or 0 for any that is free",
                why);
    }

    /** The port where nobody asks for one. */
    public int usualPort() {
        return DEFAULT_PORT;
    }

    /** The token of the file, if there is one. */
    public Optional<Token> token() {
        try {
            return Optional.ofNullable(token).map(file -> new Token(secret("--page-token", file)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--page-token: " + e.getMessage(), e);
        }
    }

    /** Whether scans may be uploaded. */
    public boolean takesUploads() {
        return uploads != null;
    }

    /** Lets requests take as long to come as an upload needs, if there are any; before the first server is made. */
    public void uploadsTakeTheirTime() {
        if (takesUploads()) {
            RequestTime.OF_UPLOADS.set();
        }
    }

    /** Where uploads go, and what is found in them. */
    public Optional<Uploads> uploads(URI output) {
        return Optional.ofNullable(uploads).map(folder -> new Uploads(folder.toAbsolutePath(), output, uploadBytes));
    }

    /** How many jobs are kept. */
    public int keepJobs() {
        return keepJobs;
    }

    /** Where results are posted to. */
    public Optional<WebhookConfig> webhook() {
        if (webhook == null) {
            return Optional.empty();
        }
        if (webhookSecret == null) {
            throw new ParameterException(spec.commandLine(), "--webhook needs --webhook-secret FILE");
        }
        try {
            return Optional.of(new WebhookConfig(
                    webhook, secret("--webhook-secret", webhookSecret), webhookGroup, WEBHOOK_WAITS, webhookTries));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--webhook: " + e.getMessage(), e);
        }
    }

    private static String secret(String option, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(option + " " + file + " cannot be read", e);
        }
    }
}
