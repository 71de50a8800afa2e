package io.deformux.pacs;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RoutingRules;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a bridge going: looks for changes at a steady pace, and after longer and longer waits, of a minute at most, while the
 * archive or Kafka do not answer. Then the publisher is opened anew, and with it the place in the feed read again. One thread.
 */
public final class BridgeLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Orthanc orthanc;
    private final Supplier<RoutingRules> rules;
    private final URI dicomWeb;
    private final Supplier<FeedPublisher> publishers;
    private final Duration pace;
    private final FeedStart start;
    private final BridgeObserver observer;
    private final SeriesTries tries = new SeriesTries();
    /** Where the feed begins, asked once: what changes until Kafka has taken it lies behind it. */
    private OptionalLong first = OptionalLong.empty();
    /** What it last failed of, which is said once. */
    private String said = "";

    /**
     * A loop.
     *
     * @param rules as in {@link PacsBridge}
     * @param dicomWeb as in {@link PacsBridge}
     * @param publishers opens the feed's publisher, which the loop closes
     * @param pace the time between two looks, and the first wait after a failure
     * @param start where the feed begins if it has no place yet
     * @param observer hears of its looks
     */
    public BridgeLoop(
            Orthanc orthanc,
            Supplier<RoutingRules> rules,
            URI dicomWeb,
            Supplier<FeedPublisher> publishers,
            Duration pace,
            FeedStart start,
            BridgeObserver observer) {
        this.orthanc = orthanc;
        this.rules = rules;
        this.dicomWeb = dicomWeb;
        this.publishers = publishers;
        this.pace = pace;
        this.start = start;
        this.observer = observer;
    }

    /**
     * Runs until something goes wrong that no other try can mend.
     *
     * @throws InterruptedException when the thread is interrupted
     * @throws JobException with a code that is not retryable, such as {@code PACS_FEED_SHORTENED}; {@code CREDENTIALS_REFUSED}
     *     if the archive refuses them and has never answered; or {@code INTERNAL}, which is
     *     worth another try where it is a worker's, but here is an event that cannot be
     */
    public void run() throws InterruptedException {
        Duration wait = pace;
        while (true) {
            try (FeedPublisher publisher = publishers.get()) {
                PacsBridge bridge = new PacsBridge(orthanc, rules, dicomWeb, publisher, tries, observer);
                begin(publisher);
                LOG.info("Follows {} from change {}", orthanc, publisher.position());
                while (true) {
                    boolean more = bridge.step();
                    said = "";
                    wait = pace;
                    if (!more) {
                        Thread.sleep(pace.toMillis());
                    }
                }
            } catch (RefusedCredentialsException e) {
                // A password that was never the right one is a mistake, one that was may be again.
                if (!orthanc.hasAdmitted()) {
                    throw new JobException(FailureCode.CREDENTIALS_REFUSED, e.getMessage(), e);
                }
                observer.failed(FailureCode.CREDENTIALS_REFUSED);
                lookAgain(wait, e);
            } catch (IOException e) {
                observer.failed(FailureCode.STORAGE_UNAVAILABLE);
                lookAgain(wait, e);
            } catch (JobException e) {
                if (!e.code().retryable() || e.code() == FailureCode.INTERNAL) {
                    throw e;
                }
                observer.failed(e.code());
                lookAgain(wait, e);
            }
            wait = longer(wait);
        }
    }

    private void begin(FeedPublisher publisher) throws IOException, InterruptedException {
        if (publisher.hasBegun()) {
            return;
        }
        if (first.isEmpty()) {
            first = start.place(orthanc);
        }
        if (first.isPresent()) {
            publisher.publish(List.of(), first.getAsLong());
            first = OptionalLong.empty();
        }
    }

    private void lookAgain(Duration wait, Exception cause) throws InterruptedException {
        if (!said.equals(cause.getMessage())) {
            said = String.valueOf(cause.getMessage());
            LOG.warn("Looks again in {} s, and ever more rarely: {}", wait.toSeconds(), said);
        }
        Thread.sleep(wait.toMillis());
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }
}
