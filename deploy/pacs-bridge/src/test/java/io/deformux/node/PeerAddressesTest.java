package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PeerAddressesTest {
    private static final Duration SELDOM = Duration.ofDays(1);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final PeerList peers = new PeerList(List.of(
            new Peer("CT1", "ct.example", OptionalInt.empty(), false),
            new Peer("PACS", "pacs.example", OptionalInt.of(104), false),
            new Peer("PACS2", "pacs.example", OptionalInt.empty(), false)));

    private final Map<String, String> names =
            new ConcurrentHashMap<>(Map.of("ct.example", "192.0.2.7", "pacs.example", "192.0.2.8"));

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        String address = names.get(host);
        if (address == null) {
            throw new UnknownHostException();
        }
        return new InetAddress[] {InetAddress.getByName(address)};
    }

    @Test
    void aPeerIsKnownByTitleAndAddress() throws UnknownHostException {
        try (PeerAddresses known = PeerAddresses.of(peers, SELDOM, this::lookUp)) {
            assertThat(known.knows("CT1", InetAddress.getByName("192.0.2.7"))).isTrue();
            assertThat(known.knows("CT1", InetAddress.getByName("192.0.2.8"))).isFalse();
            assertThat(known.knows("ct1", InetAddress.getByName("192.0.2.7"))).isFalse();
            assertThat(known.knows("PACS2", InetAddress.getByName("192.0.2.8"))).isTrue();
            assertThat(known.knows("CT1", InetAddress.getLoopbackAddress())).isFalse();
            assertThat(known.isAt(InetAddress.getLoopbackAddress())).isFalse();
            assertThat(known.isAt(InetAddress.getByName("192.0.2.8"))).isTrue();
        }
    }

    @Test
    void withoutPeersThisMachineMayCall() throws UnknownHostException {
        try (PeerAddresses known = PeerAddresses.of(new PeerList(List.of()), SELDOM)) {
            assertThat(known.knows("ANY", InetAddress.getLoopbackAddress())).isTrue();
            assertThat(known.knows("ANY", InetAddress.getByName("192.0.2.7"))).isFalse();
        }
    }

    @Test
    void aHostThatMovesIsFoundAndOneThatCannotBeLookedUpIsWhereItWas() throws UnknownHostException {
        try (PeerAddresses known = PeerAddresses.of(peers, OFTEN, this::lookUp)) {
            names.remove("pacs.example");
            names.put("ct.example", "192.0.2.9");
            InetAddress moved = InetAddress.getByName("192.0.2.9");

            Awaitility.await().until(() -> known.knows("CT1", moved));

            assertThat(known.isAt(InetAddress.getByName("192.0.2.7"))).isFalse();
            assertThat(known.knows("PACS", InetAddress.getByName("192.0.2.8"))).isTrue();
        }
    }

    @Test
    void aHostThatIsLostIsNamedOnceEachTime() {
        Logger logger = (Logger) LoggerFactory.getLogger(PeerAddresses.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        AtomicInteger looks = new AtomicInteger();
        try (PeerAddresses known = PeerAddresses.of(peers, OFTEN, host -> {
            looks.incrementAndGet();
            return lookUp(host);
        })) {
            names.remove("pacs.example");
            Awaitility.await().until(() -> said(log, "host pacs.example of peer PACS cannot") == 1);
            int then = looks.get();
            Awaitility.await().until(() -> looks.get() > then + 9);
            assertThat(said(log, "pacs.example")).isEqualTo(1);
            assertThat(said(log, "where it was")).isEqualTo(1);

            names.put("pacs.example", "192.0.2.8");
            Awaitility.await().until(() -> said(log, "pacs.example can be looked up again") == 1);
            names.remove("pacs.example");
            Awaitility.await().until(() -> said(log, "where it was") == 2);
            assertThat(known.isAt(InetAddress.getLoopbackAddress())).isFalse();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    private static long said(ListAppender<ILoggingEvent> log, String part) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getFormattedMessage().contains(part))
                .count();
    }

    @Test
    void nobodyWhoAsksWaitsForTheResolver() throws UnknownHostException {
        Thread me = Thread.currentThread();
        try (PeerAddresses known = PeerAddresses.of(peers, OFTEN, host -> {
            if (Thread.currentThread() == me && names.isEmpty()) {
                throw new AssertionError("looked up by whoever asks");
            }
            return lookUp(host);
        })) {
            names.clear();

            assertThat(known.isAt(InetAddress.getByName("192.0.2.7"))).isTrue();
            assertThat(known.knows("CT1", InetAddress.getByName("192.0.2.7"))).isTrue();
        }
    }
}
