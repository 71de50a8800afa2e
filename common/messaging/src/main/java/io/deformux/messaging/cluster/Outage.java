package io.deformux.messaging.cluster;

import java.time.Duration;
import org.slf4j.Logger;

/**
 * The time while Kafka refuses something that is tried again and again: it is said once, not with every try, and the waits
 * between tries grow where somebody must change something first. For all threads.
 */
public final class Outage {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** After this time without a refusal the same one is news again. */
    private static final Duration OVER = Duration.ofMinutes(5);

    private final Logger log;
    private String said = "";
    private long lastAt;
    private Duration wait = SHORTEST;

    /** Nothing is refused yet; {@code log} hears of it. */
    public Outage(Logger log) {
        this.log = log;
    }

    /** Says it unless that was the last thing said; gives the wait before the next try. */
    public synchronized Duration refused(Object what, Refusal refusal) {
        long now = System.nanoTime();
        boolean news = !said.equals(refusal.message()) || now - lastAt > OVER.toNanos();
        if (news) {
            say(what, refusal);
        }
        wait = news || refusal.passing() ? SHORTEST : longer(wait);
        said = refusal.message();
        lastAt = now;
        return wait;
    }

    private void say(Object what, Refusal refusal) {
        if (refusal.passing()) {
            log.warn("{}: Kafka refuses, tries again: {}", what, refusal.message());
        } else {
            log.error("{}: Kafka refuses until somebody changes it: {}", what, refusal);
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }
}
