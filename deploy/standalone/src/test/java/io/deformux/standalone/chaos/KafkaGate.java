package io.deformux.standalone.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.IntSupplier;

/**
 * A TCP proxy before one port of this machine that can be shut: then nothing passes in either direction and nothing is
 * refused, as behind a cable that was pulled. What was on its way passes when it opens again. For all threads.
 */
final class KafkaGate implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ServerSocket entrance;
    private final IntSupplier behind;
    private boolean open = true;

    /** An open gate on a free port to the port that {@code behind} tells for each connection. */
    KafkaGate(IntSupplier behind) {
        this.behind = behind;
        try {
            entrance = new ServerSocket(0, 50, LOOPBACK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    synchronized void shut() {
        open = false;
    }

    synchronized void open() {
        open = true;
        notifyAll();
    }

    private synchronized void awaitOpen() throws InterruptedException {
        while (!open) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                start(() -> connect(client));
            }
        } catch (IOException e) {
            // closed: the tests are over
        }
    }

    private void connect(Socket client) {
        try {
            awaitOpen();
            Socket server = new Socket(LOOPBACK, behind.getAsInt());
            start(() -> carry(client, server));
            carry(server, client);
        } catch (IOException e) {
            close(client); // as the broker's own port would
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitOpen();
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // one side has gone; both are closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "kafka-gate");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
