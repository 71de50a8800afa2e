package io.deformux.dicom.net;

import io.deformux.dicom.net.AssociationObserver.End;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts associations, so many at a time; a further one is told that there are too many, and where twice as many are
 * connected, connections are closed at once, as are those from where no peer is. {@link RefusedCallers} says who was refused.
 * One thread that accepts, and one for each connection.
 */
public final class AssociationServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssociationServer.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Settings settings;
    private final AssociationPolicy policy;
    private final InstanceReceiver receiver;
    private final AssociationObserver observer;
    private final RefusedCallers callers;
    private final ServerSocket listening;
    private final Semaphore free;
    private final ThreadPoolExecutor threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Watchdog watchdog = new Watchdog();
    private final Thread acceptor = new Thread(this::accept, "dicom-accept");
    private volatile boolean closed;

    /**
     * How it listens.
     *
     * @param address where
     * @param mostAssociations how many there may be at a time
     * @param longest how long a PDU may take to come or go, and so how long an association may be silent
     * @param tls makes connections secure; empty: they are plain
     */
    public record Settings(InetSocketAddress address, int mostAssociations, Duration longest, Optional<DicomTls> tls) {}

    private AssociationServer(
            Settings settings, AssociationPolicy policy, InstanceReceiver receiver, AssociationObserver observer)
            throws IOException {
        this.settings = settings;
        this.policy = policy;
        this.receiver = receiver;
        this.observer = observer;
        this.callers = new RefusedCallers(observer, System::nanoTime);
        this.free = new Semaphore(settings.mostAssociations());
        this.threads = new ThreadPoolExecutor(
                0, 2 * settings.mostAssociations(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "dicom-association");
                    thread.setDaemon(true);
                    return thread;
                });
        this.listening = new ServerSocket();
        listening.setReuseAddress(true);
        try {
            listening.bind(settings.address());
        } catch (IOException | RuntimeException e) {
            listening.close();
            watchdog.close();
            throw e;
        }
    }

    /**
     * Starts one.
     *
     * @throws IOException if it cannot listen there
     */
    public static AssociationServer start(
            Settings settings, AssociationPolicy policy, InstanceReceiver receiver, AssociationObserver observer)
            throws IOException {
        AssociationServer server = new AssociationServer(settings, policy, receiver, observer);
        server.acceptor.setDaemon(true);
        server.acceptor.start();
        return server;
    }

    /** The port that it has. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Whether it still accepts. */
    public boolean runs() {
        return acceptor.isAlive();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                if (policy.mayConnect(socket.getInetAddress())) {
                    begin(socket);
                } else {
                    refuse(socket, CallerRefusal.ADDRESS);
                    socket.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn(
                            "A connection could not be accepted ({})",
                            e.getClass().getSimpleName());
                    LockSupport.parkNanos(PAUSE.toNanos()); // as where there are no more file descriptors
                }
            }
        }
    }

    private void begin(Socket socket) {
        open.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            refuse(socket, CallerRefusal.CONNECTIONS);
            end(socket);
        }
    }

    private void refuse(Socket socket, CallerRefusal why) {
        callers.refused(socket.getInetAddress(), why);
        observer.ended(End.REJECTED);
    }

    private void serve(Socket socket) {
        boolean mine = free.tryAcquire();
        try (Connection connection = connection(socket)) {
            observer.ended(serve(socket, connection, !mine));
        } catch (IOException e) {
            observer.ended(End.BROKEN);
            LOG.debug("A connection could not be made secure", e);
            if (settings.tls().isPresent() && !closed) {
                callers.refused(socket.getInetAddress(), CallerRefusal.TLS);
            }
        } catch (RuntimeException e) {
            observer.ended(End.BROKEN);
            LOG.error("An association ended by a fault", e);
        } finally {
            end(socket);
            if (mine) {
                free.release();
            }
        }
    }

    private Connection connection(Socket socket) throws IOException {
        Optional<SSLSocket> secure =
                settings.tls().isPresent() ? Optional.of(settings.tls().get().accepted(socket)) : Optional.empty();
        return Connection.over(socket, secure, watchdog, settings.longest());
    }

    /** Strangers can fill no log: only of associations that were accepted it is said how they broke. */
    private End serve(Socket socket, Connection connection, boolean full) {
        ServedAssociation association = new ServedAssociation(connection, policy, receiver, observer, callers);
        try {
            End end = association.serve(socket.getInetAddress(), full);
            connection.linger();
            return end;
        } catch (AbortedException | EOFException | SocketException e) {
            return End.ABORTED;
        } catch (IOException e) {
            if (association.wasAccepted()) {
                LOG.warn("An association was ended: {}", e.getMessage());
            } else {
                LOG.debug("A connection was ended before there was an association", e);
            }
            connection.linger();
            return End.BROKEN;
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** Accepts no more and ends what goes on; instances that are not whole are not answered, and come again. */
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("The port could not be closed", e);
        }
        open.forEach(this::end);
        threads.shutdown();
        watchdog.close();
    }
}
