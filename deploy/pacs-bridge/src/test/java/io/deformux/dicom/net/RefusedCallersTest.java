package io.deformux.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedCallersTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RefusedCallers.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000); // goes over, as that of the JVM may
    private final RefusedCallers callers = new RefusedCallers(
            new AssociationObserver() {
                @Override
                public void refused(CallerRefusal why) {
                    heard.incrementAndGet();
                }
            },
            clock::get);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void whoIsRefusedIsFoundFromTheLog() throws UnknownHostException {
        callers.refused(address(7), CallerRefusal.CALLING_TITLE, Optional.of(new Pdu.Names("DEFORMUX", "ct1")));
        callers.refused(address(8), CallerRefusal.ADDRESS);

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("192.0.2.7", "'ct1'", "'DEFORMUX'", "CALLING_TITLE", "capitals", "--peers");
        assertThat(lines().get(1)).contains("192.0.2.8", "ADDRESS", "--peers");
    }

    @Test
    void whoAsksAgainAndAgainIsSaidOnceAMinute() throws UnknownHostException {
        for (int n = 0; n < 1000; n++) {
            callers.refused(address(7), CallerRefusal.ADDRESS);
        }
        callers.refused(address(7), CallerRefusal.CALLED_TITLE);
        assertThat(lines()).hasSize(2);

        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        callers.refused(address(7), CallerRefusal.ADDRESS);

        assertThat(lines()).hasSize(3);
        assertThat(heard).hasValue(1002);
    }

    @Test
    void manyStrangersFillNoLog() throws UnknownHostException {
        for (int n = 0; n < 250; n++) {
            callers.refused(address(n), CallerRefusal.ADDRESS);
        }

        assertThat(lines()).hasSize(RefusedCallers.MOST);
        assertThat(heard).hasValue(250);
    }

    @Test
    void aTitleEndsNoLineAndSteersNoTerminal() throws UnknownHostException {
        callers.refused(
                address(7), CallerRefusal.CALLED_TITLE, Optional.of(new Pdu.Names("\u001b[2J", "A\nINFO b\u00e9")));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("'?[2J'", "'A?INFO b?'")
                .doesNotContain("\n");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    }
}
