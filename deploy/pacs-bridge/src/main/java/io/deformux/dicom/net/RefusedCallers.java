package io.deformux.dicom.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log who is refused and why, so that a wrong title or address is found from there. Strangers fill no log by it:
 * the same address and reason is said once a minute, and no more than {@value #MOST} lines a minute in all. For all threads.
 */
final class RefusedCallers {
    /** Lines a minute. */
    static final int MOST = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RefusedCallers.class);
    private static final Duration RARELY = Duration.ofMinutes(1);

    private final AssociationObserver observer;
    private final LongSupplier clock;
    /** When each was said, in ns of the clock. */
    private final Map<Caller, Long> said = new HashMap<>();

    private record Caller(InetAddress address, CallerRefusal why) {}

    /**
     * Nobody was refused yet.
     *
     * @param observer hears of each, said or not
     * @param clock in ns, as {@link System#nanoTime}
     */
    RefusedCallers(AssociationObserver observer, LongSupplier clock) {
        this.observer = observer;
        this.clock = clock;
    }

    /** One is refused before anything of it was read. */
    void refused(InetAddress address, CallerRefusal why) {
        refused(address, why, Optional.empty());
    }

    /** One is refused. */
    void refused(InetAddress address, CallerRefusal why, Optional<Pdu.Names> names) {
        observer.refused(why);
        if (mayBeSaid(new Caller(address, why))) {
            LOG.info(
                    "A caller from {}{} is refused ({}): {}",
                    address.getHostAddress(),
                    names.map(RefusedCallers::titles).orElse(""),
                    why,
                    why.remedy());
        }
    }

    private synchronized boolean mayBeSaid(Caller caller) {
        long now = clock.getAsLong();
        said.values().removeIf(when -> now - when >= RARELY.toNanos());
        return said.size() < MOST && said.putIfAbsent(caller, now) == null;
    }

    private static String titles(Pdu.Names names) {
        return ", which calls itself '" + printable(names.calling()) + "' and the node '" + printable(names.called())
                + "',";
    }

    /** What comes from outside ends no line and steers no terminal. */
    private static String printable(String title) {
        return title.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
