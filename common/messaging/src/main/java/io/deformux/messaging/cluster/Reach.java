package io.deformux.messaging.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Why brokers give no answer, as far as a connection to their addresses tells: Kafka's client only says that it has
 * waited. Each address takes up to four seconds. Belongs to one thread.
 */
final class Reach {
    private static final int PATIENCE_MS = 2_000;

    private final boolean tls;

    /** @param tls whether the client speaks TLS */
    Reach(boolean tls) {
        this.tls = tls;
    }

    /**
     * What is wrong with the first address that something is wrong with.
     *
     * @param servers {@code host:port}, several separated by commas
     */
    Optional<String> fault(String servers) {
        for (String server : servers.split(",")) {
            String address = server.strip();
            int colon = address.lastIndexOf(':');
            if (colon < 0 || !address.substring(colon + 1).matches("\\d{1,5}")) {
                return Optional.of(address + " names no port");
            }
            String host = address.substring(address.lastIndexOf('/', colon) + 1, colon);
            Optional<String> fault = fault(address, host, Integer.parseInt(address.substring(colon + 1)));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<String> fault(String address, String host, int port) {
        InetSocketAddress there = new InetSocketAddress(host, port);
        if (there.isUnresolved()) {
            return Optional.of("the host name " + host + " is not known here");
        }
        try (Socket socket = new Socket()) {
            socket.connect(there, PATIENCE_MS);
            boolean speaks = speaksTls(socket, host, port);
            if (speaks == tls) {
                return Optional.empty();
            }
            return Optional.of(address
                    + (speaks
                            ? " speaks TLS: set security.protocol to SSL or SASL_SSL"
                            : " does not speak TLS: set security.protocol to PLAINTEXT or SASL_PLAINTEXT"));
        } catch (ConnectException e) {
            return Optional.of("nobody listens at " + address + ": the connection is refused");
        } catch (IOException e) {
            return Optional.of(address + " takes no connection: is there a firewall between?");
        }
    }

    /** Whether the other side knows what a greeting of TLS is, whatever it thinks of it. */
    private static boolean speaksTls(Socket socket, String host, int port) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket greeting = (SSLSocket) factory.createSocket(socket, host, port, true)) {
            greeting.startHandshake();
            return true;
        } catch (SSLHandshakeException e) {
            return !(e.getCause() instanceof EOFException);
        } catch (IOException e) {
            return false;
        }
    }
}
