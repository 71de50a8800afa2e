package io.deformux.messaging.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Why brokers do not answer. */
class ReachTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void aPortWhereNobodyListensIsRefused() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, HERE)) {
            port = closed.getLocalPort();
        }
        assertThat(new Reach(false).fault("127.0.0.1:" + port)).hasValue(
                "nobody listens at 127.0.0.1:" + port + ": the connection is refused");
    }

    @Test
    void aPlainListenerIsToldFromOneOfTls() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, HERE)) {
            String server = "127.0.0.1:" + plain.getLocalPort();
            answer(plain);
            assertThat(new Reach(true).fault(server)).hasValueSatisfying(fault -> assertThat(fault)
                    .contains("does not speak TLS"));
            answer(plain);
            assertThat(new Reach(false).fault(server)).isEmpty();
        }
    }

    @Test
    void aListenerOfTlsIsToldFromAPlainOneWhateverItsCertificate() throws IOException {
        try (ServerSocket tls = SSLServerSocketFactory.getDefault().createServerSocket(0, 5, HERE)) {
            String server = "127.0.0.1:" + tls.getLocalPort();
            answer(tls);
            assertThat(new Reach(false).fault(server)).hasValueSatisfying(fault -> assertThat(fault)
                    .contains("speaks TLS: set security.protocol"));
            answer(tls);
            assertThat(new Reach(true).fault(server)).isEmpty();
        }
    }

    @Test
    void anAddressWithoutAPortIsToldAsSuch() {
        assertThat(new Reach(false).fault("localhost")).hasValue("localhost names no port");
    }

    /** Takes one connection; a plain one is read from and closed, as brokers do with what they do not understand. */
    private static void answer(ServerSocket server) {
        CompletableFuture.runAsync(() -> {
            try (Socket one = server.accept()) {
                if (one instanceof SSLSocket tls) {
                    tls.startHandshake();
                } else {
                    one.getInputStream().read(new byte[1 << 16]);
                }
            } catch (IOException e) {
                // The greeting goes no further than it has to.
            }
        });
    }
}
