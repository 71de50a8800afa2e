package io.deformux.node;

import io.deformux.dicom.net.AssociationPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may call, by address. Hosts are looked up before anybody calls and then again and again on a thread of its own, so that
 * no caller waits for a resolver; while that is away, what it last said holds. For all threads.
 */
final class PeerAddresses implements AssociationPolicy.Peers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerAddresses.class);

    private final List<Peer> peers;
    private final Resolver resolver;
    private final ScheduledExecutorService timer;
    private volatile Map<String, Set<InetAddress>> addresses = Map.of();
    /** Hosts that could not be looked up the last time; of whoever looks. */
    private Set<String> lost = Set.of();

    /** Looks a host up. */
    interface Resolver {
        /** All of its addresses. */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private PeerAddresses(PeerList list, Resolver resolver) {
        this.peers = list.peers();
        this.resolver = resolver;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dicom-peers");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks all hosts up once, and then at this pace. */
    static PeerAddresses of(PeerList list, Duration pace) {
        return of(list, pace, InetAddress::getAllByName);
    }

    static PeerAddresses of(PeerList list, Duration pace, Resolver resolver) {
        PeerAddresses known = new PeerAddresses(list, resolver);
        known.look();
        known.timer.scheduleWithFixedDelay(known::look, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
        return known;
    }

    private void look() {
        Map<String, Set<InetAddress>> before = addresses;
        Map<String, Set<InetAddress>> found = new HashMap<>();
        Map<String, String> nowLost = new TreeMap<>();
        for (Peer peer : peers) {
            try {
                found.put(peer.host(), Set.copyOf(List.of(resolver.of(peer.host()))));
            } catch (UnknownHostException e) {
                found.put(peer.host(), before.getOrDefault(peer.host(), Set.of()));
                nowLost.putIfAbsent(peer.host(), peer.aeTitle());
            }
        }
        addresses = Map.copyOf(found);
        tell(nowLost);
        lost = Set.copyOf(nowLost.keySet());
    }

    /** Once for each time that a host is lost, and found again. */
    private void tell(Map<String, String> nowLost) {
        nowLost.forEach((host, title) -> {
            if (!lost.contains(host)) {
                LOG.warn(
                        "The host {} of peer {} cannot be looked up; {}",
                        host,
                        title,
                        addresses.get(host).isEmpty()
                                ? "it may not call until it can"
                                : "it is taken to be where it was");
            }
        });
        lost.stream()
                .filter(host -> !nowLost.containsKey(host))
                .forEach(host -> LOG.info("The host {} can be looked up again", host));
    }

    @Override
    public boolean isAt(InetAddress address) {
        return peers.isEmpty()
                ? address.isLoopbackAddress()
                : addresses.values().stream().anyMatch(host -> host.contains(address));
    }

    /** Without any peer: whoever is on this machine. */
    @Override
    public boolean knows(String aeTitle, InetAddress address) {
        return peers.isEmpty()
                ? address.isLoopbackAddress()
                : peers.stream()
                        .anyMatch(peer -> peer.aeTitle().equals(aeTitle)
                                && addresses.getOrDefault(peer.host(), Set.of()).contains(address));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
