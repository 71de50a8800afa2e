package io.deformux.dicom.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * PDUs over a connection, each of which has to come or go within its time. One thread.
 *
 * @see Watchdog
 */
final class Connection implements AutoCloseable {
    /** The longest variable field of a P-DATA-TF that we take: few PDUs an image, and little memory an association. */
    static final int MAX_PDU = 1 << 17;

    private static final int BUFFER = 1 << 16;
    private static final Duration LINGERING = Duration.ofSeconds(5);

    private final Socket plain;
    private final Watchdog watchdog;
    private final Duration longest;
    private final InputStream in;
    private final PduReader reader;
    private final PduWriter writer;

    private Connection(Socket plain, Socket talking, Watchdog watchdog, Duration longest) throws IOException {
        this.plain = plain;
        this.watchdog = watchdog;
        this.longest = longest;
        this.in = new BufferedInputStream(talking.getInputStream(), BUFFER);
        this.reader = new PduReader(in, MAX_PDU);
        this.writer = new PduWriter(talking.getOutputStream());
    }

    /**
     * Over a socket that is connected, which it closes.
     *
     * @param tls makes another socket of it, not yet shaken hands; empty: plain
     * @param longest how long a PDU or the handshake may take
     */
    static Connection over(Socket plain, Optional<SSLSocket> tls, Watchdog watchdog, Duration longest)
            throws IOException {
        plain.setTcpNoDelay(true);
        if (tls.isPresent()) {
            try (Watchdog.Watch watch = watchdog.on(plain, longest)) {
                tls.get().startHandshake();
            }
            return new Connection(plain, tls.get(), watchdog, longest);
        }
        return new Connection(plain, plain, watchdog, longest);
    }

    Pdu read() throws IOException {
        try (Watchdog.Watch watch = watchdog.on(plain, longest)) {
            try {
                return reader.read();
            } catch (IOException e) {
                throw orTimeout(e, watch);
            }
        }
    }

    void write(Pdu pdu) throws IOException {
        try (Watchdog.Watch watch = watchdog.on(plain, longest)) {
            try {
                writer.write(pdu);
            } catch (IOException e) {
                throw orTimeout(e, watch);
            }
        }
    }

    private IOException orTimeout(IOException e, Watchdog.Watch watch) {
        return watch.isOver()
                ? new SocketTimeoutException("no PDU came or went within " + longest.toSeconds() + " s")
                : e;
    }

    /** Waits a while for the other side to close, so that what it was told last is not lost; what it still sends is dropped. */
    void linger() {
        byte[] dropped = new byte[BUFFER];
        try (Watchdog.Watch watch = watchdog.on(plain, longest.compareTo(LINGERING) < 0 ? longest : LINGERING)) {
            int read;
            do {
                read = in.read(dropped);
            } while (read >= 0 && !watch.isOver());
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
