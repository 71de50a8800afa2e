package io.deformux.standalone.check.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deformux.standalone.check.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A backlog that comes near its retention while a worker runs is told, and not with every look. */
class BacklogWatchTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final Logger logger = (Logger) LoggerFactory.getLogger(BacklogWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(log);
    }

    private List<Finding> look() {
        int hours = looks.incrementAndGet();
        if (hours == 2) {
            throw new IllegalStateException("the cluster is away for a moment");
        }
        return List.of(
                Finding.warn("cluster", "backlog of g", "the oldest record is " + hours + " h old", "keep it longer"),
                Finding.ok("cluster", "other", "is well"));
    }

    @Test
    void itIsSaidOnceAndAgainOnlyAfterAWhile() {
        try (BacklogWatch watch = new BacklogWatch(this::look, OFTEN, Duration.ofHours(1))) {
            assertThat(watch).isNotNull();
            await().until(() -> looks.get() > 5);
        }
        assertThat(log.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .isEqualTo("backlog of g: the oldest record is 1 h old; keep it longer"));
    }

    @Test
    void afterAWhileItIsSaidAgain() {
        try (BacklogWatch watch = new BacklogWatch(this::look, OFTEN, Duration.ZERO)) {
            assertThat(watch).isNotNull();
            await().until(() -> log.list.size() > 2);
        }
    }
}
