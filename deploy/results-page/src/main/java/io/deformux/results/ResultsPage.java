package io.deformux.results;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.state.KnownResults;
import io.deformux.results.state.TopicReader;
import io.deformux.results.web.Page;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.results.webhook.Webhooks;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.storage.s3.S3Storage;
import io.deformux.storage.web.WebClient;
import io.deformux.storage.web.WebStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** A results page while it runs. {@link #close} ends it; others may wait for that. */
public final class ResultsPage implements AutoCloseable {
    private static final URI SOURCE = URI.create("/deformux/results-page");

    private final Page page;
    private final List<AutoCloseable> parts;
    private final BooleanSupplier alive;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ResultsPage(Page page, List<AutoCloseable> parts, BooleanSupplier alive) {
        this.page = page;
        this.parts = parts;
        this.alive = alive;
    }

    /**
     * Listens, and reads the topics from their beginning.
     *
     * @param webhooks hears what becomes of results that are posted
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written
     * @throws UncheckedIOException if the address cannot be had
     */
    public static ResultsPage start(ResultsPageConfig config, WebhookObserver webhooks) {
        KnownResults results = new KnownResults(config.mostJobs());
        // What workers store below the output roots is what is read here.
        AccessPolicy access = config.access()
                .withRoots(config.access().outputRoots(), config.access().outputRoots());
        S3Storage buckets = new S3Storage(access);
        StorageRouter storage = new StorageRouter(
                List.of(new FileStorage(access), new WebStorage(access, new WebClient(access)), buckets));
        EventPublisher publisher = new EventPublisher(config.kafka(), SOURCE);
        try {
            Page page = Page.serve(config.address(), results, storage, config.scratch(), publisher, config.rights());
            TopicReader reader = TopicReader.start(config.kafka(), results);
            Optional<Webhooks> posting = config.webhook().map(to -> Webhooks.start(config.kafka(), to, webhooks));
            AutoCloseable last = () -> posting.ifPresent(Webhooks::close);
            return new ResultsPage(
                    page,
                    List.of(page, last, reader, publisher, buckets),
                    () -> reader.isAlive() && posting.map(Webhooks::isAlive).orElse(true));
        } catch (IOException e) {
            publisher.close();
            buckets.close();
            throw new UncheckedIOException(
                    "The results page cannot listen on " + config.address() + "; give it another port", e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return page.address();
    }

    /** Whether the threads run that read the topics and post results. */
    public boolean isAlive() {
        return alive.getAsBoolean();
    }

    /** Waits until it is closed. */
    public void join() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the results page could not be closed", e);
            }
        }
        closed.countDown();
    }
}
