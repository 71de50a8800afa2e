package io.deformux.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** A peer that sends what a test wants, right or wrong. */
final class ScriptedPeer implements AutoCloseable {
    static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private final Socket socket;
    private final PduReader reader;
    private final PduWriter writer;

    ScriptedPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        reader = new PduReader(socket.getInputStream(), 1 << 20);
        writer = new PduWriter(socket.getOutputStream());
    }

    /** Asks for an association of CT images; what is answered. */
    Pdu associate(String called, String calling) throws IOException {
        return ask(new Pdu.AssociateRequest(
                new Pdu.Names(called, calling),
                List.of(
                        new Pdu.Proposal(1, CT, List.of("1.2.3", EXPLICIT)),
                        new Pdu.Proposal(3, CT, List.of("1.2.3")),
                        new Pdu.Proposal(5, "1.2.4", List.of(EXPLICIT))),
                new Pdu.UserInformation(0, "1.2.3")));
    }

    Pdu ask(Pdu pdu) throws IOException {
        send(pdu);
        return reader.read();
    }

    void send(Pdu pdu) throws IOException {
        writer.write(pdu);
    }

    void send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** What comes next. */
    Pdu read() throws IOException {
        return reader.read();
    }

    /** Whether the other side has closed the connection, which is waited for. */
    boolean isClosed() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    /** The same, for so long at most. */
    boolean isClosedWithin(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        return isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
