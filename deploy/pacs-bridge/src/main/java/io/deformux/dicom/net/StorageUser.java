package io.deformux.dicom.net;

import static io.deformux.dicom.net.Pdu.Rejection.CALLING_TITLE;
import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;
import static io.deformux.dicom.net.ProtocolException.Reason.UNEXPECTED_PDU;

import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.net.DimseCommand.Field;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Sends objects to a peer by C-STORE, in an association of their own. For all threads. */
public final class StorageUser implements AutoCloseable {
    private static final int USER = 0;
    private static final int WARNING = 0xb000;
    private static final int WARNING_MASK = 0xf000;

    private final String aeTitle;
    private final Duration longest;
    private final Watchdog watchdog = new Watchdog();

    /**
     * A sender.
     *
     * @param aeTitle what we call ourselves
     * @param longest how long a PDU may take to come or go
     */
    public StorageUser(String aeTitle, Duration longest) {
        this.aeTitle = aeTitle;
        this.longest = longest;
    }

    /**
     * Who takes them.
     *
     * @param aeTitle what it is called by
     * @param host and {@code port}: where it listens
     * @param tls makes the connection secure; empty: it is plain
     */
    public record Called(String aeTitle, String host, int port, Optional<DicomTls> tls) {
        /** As a person knows it. */
        @Override
        public String toString() {
            return aeTitle + " at " + host + ":" + port + (tls.isPresent() ? " with TLS" : "");
        }
    }

    /** Hears what the peer says of each object, as it says it; on the thread that sends. */
    public interface Answers {
        /** It has the object. */
        void taken(OutgoingObject object);

        /** It does not take it, which says nothing of others. */
        void refused(OutgoingObject object, String why);
    }

    /**
     * Sends them one after the other in one association, whatever becomes of each.
     *
     * @param answers hears of those that were answered, which are all unless this fails
     * @throws IOException if the peer cannot be reached, refuses the association or breaks the protocol, which leaves the
     *     first object without an answer as the one that it may be due to
     */
    public void send(Called peer, List<OutgoingObject> objects, Answers answers) throws IOException {
        StorageContexts contexts = StorageContexts.of(objects);
        converse(peer, contexts.proposals(), association -> {
            int messageId = 1;
            for (OutgoingObject object : objects) {
                try {
                    store(association, contexts.of(object, association), messageId++, object);
                    answers.taken(object);
                } catch (RefusedObjectException e) {
                    answers.refused(object, e.getMessage());
                }
            }
        });
    }

    /**
     * Asks whether somebody is there, by C-ECHO.
     *
     * @throws IOException as {@link #send}, and if it answers with no success
     */
    public void echo(Called peer) throws IOException {
        Pdu.Proposal verification = new Pdu.Proposal(1, DimseCommand.VERIFICATION, List.of("1.2.840.10008.1.2"));
        converse(peer, List.of(verification), association -> {
            if (association.context(1).isEmpty()) {
                throw new RefusedObjectException("the peer answers no C-ECHO");
            }
            association.send(1, DimseCommand.echo(1));
            requireSuccess(association, Field.ECHO_ANSWER, 1);
        });
    }

    /** What is said over an association. */
    private interface Talk {
        void over(Association association) throws IOException;
    }

    private void converse(Called peer, List<Pdu.Proposal> proposals, Talk talk) throws IOException {
        try (Socket socket = new Socket()) {
            connect(socket, peer);
            try (Connection connection = secured(socket, peer)) {
                try {
                    talk.over(associate(connection, peer, proposals));
                    connection.write(new Pdu.ReleaseRequest());
                    if (!(connection.read() instanceof Pdu.ReleaseReply)) {
                        throw new ProtocolException(UNEXPECTED_PDU, "a release was not answered by one");
                    }
                } catch (RefusedObjectException | ProtocolException e) {
                    connection.write(new Pdu.Abort(USER, 0));
                    throw e;
                }
            }
        }
    }

    private Connection secured(Socket socket, Called peer) throws IOException {
        try {
            return Connection.over(
                    socket,
                    peer.tls().isPresent()
                            ? Optional.of(peer.tls().get().connected(socket, peer.host()))
                            : Optional.empty(),
                    watchdog,
                    longest);
        } catch (SSLException e) {
            throw new IOException("no secure connection (" + e.getMessage() + "); see --tls-trust", e);
        }
    }

    private void connect(Socket socket, Called peer) throws IOException {
        InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
        if (address.isUnresolved()) {
            throw new IOException("its host cannot be looked up");
        }
        socket.connect(address, Math.toIntExact(longest.toMillis()));
    }

    private Association associate(Connection connection, Called peer, List<Pdu.Proposal> proposals) throws IOException {
        connection.write(new Pdu.AssociateRequest(
                new Pdu.Names(peer.aeTitle(), aeTitle),
                proposals,
                new Pdu.UserInformation(Connection.MAX_PDU, DicomFileWriter.IMPLEMENTATION)));
        Pdu answer = answer(connection);
        if (answer instanceof Pdu.AssociateReject reject) {
            throw new IOException(
                    "the peer refuses an association (" + reject.why() + ")" + remedy(reject.why(), peer.aeTitle()));
        }
        if (answer instanceof Pdu.Abort) {
            throw new AbortedException();
        }
        if (!(answer instanceof Pdu.AssociateAccept accept)) {
            throw new ProtocolException(UNEXPECTED_PDU, "no answer to a request for an association came");
        }
        Map<Integer, AcceptedContext> accepted = new HashMap<>();
        for (Pdu.Answer context : accept.contexts()) {
            if (context.result() == Pdu.Answer.ACCEPTED) {
                proposals.stream()
                        .filter(one -> one.id() == context.id()
                                && one.transferSyntaxes().contains(context.transferSyntax()))
                        .forEach(one -> accepted.put(
                                one.id(), new AcceptedContext(one.abstractSyntax(), context.transferSyntax())));
            }
        }
        return new Association(connection, accepted, accept.user().maxPdu());
    }

    /** Many who do not know the caller say nothing, and are gone. */
    private Pdu answer(Connection connection) throws IOException {
        try {
            return connection.read();
        } catch (EOFException | SocketException e) {
            throw new IOException("the peer closed the connection without an answer" + remedy(CALLING_TITLE, ""), e);
        }
    }

    private String remedy(Pdu.Rejection why, String called) {
        return switch (why) {
            case CALLING_TITLE -> ": let it know the AE title " + aeTitle + " at this address";
            case CALLED_TITLE -> ": it is not called " + called;
            case LOCAL_LIMIT -> ": it has as many as it may";
            default -> "";
        };
    }

    private static void store(Association association, int context, int messageId, OutgoingObject object)
            throws IOException {
        String syntax = association.context(context).orElseThrow().transferSyntax();
        association.send(context, DimseCommand.store(messageId, object.sopClass(), object.sopInstance()));
        try (InputStream dataSet = object.dataSet(syntax)) {
            association.send(context, dataSet);
        }
        requireSuccess(association, Field.STORE_ANSWER, messageId);
    }

    private static void requireSuccess(Association association, Field field, int messageId) throws IOException {
        DimseCommand answer = association
                .command()
                .map(Association.Received::command)
                .filter(command -> command.field() == field && command.messageId() == messageId)
                .orElseThrow(() -> new ProtocolException(INVALID_PARAMETER, "no answer to a command came"));
        int status = answer.status();
        if (status != 0 && (status & WARNING_MASK) != WARNING) {
            throw new RefusedObjectException(String.format("the peer refuses an object with status %04X", status));
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
