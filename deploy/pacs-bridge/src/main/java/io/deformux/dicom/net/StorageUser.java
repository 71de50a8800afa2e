package io.deformux.dicom.net;

import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;
import static io.deformux.dicom.net.ProtocolException.Reason.UNEXPECTED_PDU;

import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.net.DimseCommand.Field;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    public record Called(String aeTitle, String host, int port, Optional<DicomTls> tls) {}

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
        List<Pdu.Proposal> proposals = proposals(objects);
        converse(peer, proposals, association -> {
            int messageId = 1;
            for (OutgoingObject object : objects) {
                try {
                    store(association, contextOf(association, proposals, object), messageId++, object);
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
            requireContext(association, 1);
            association.send(1, DimseCommand.echo(1));
            requireSuccess(association, Field.ECHO_ANSWER);
        });
    }

    /** What is said over an association. */
    private interface Talk {
        void over(Association association) throws IOException;
    }

    private void converse(Called peer, List<Pdu.Proposal> proposals, Talk talk) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(peer.host(), peer.port()), Math.toIntExact(longest.toMillis()));
            try (Connection connection = Connection.over(
                    socket,
                    peer.tls().isPresent()
                            ? Optional.of(peer.tls().get().connected(socket, peer.host()))
                            : Optional.empty(),
                    watchdog,
                    longest)) {
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

    private Association associate(Connection connection, Called peer, List<Pdu.Proposal> proposals) throws IOException {
        connection.write(new Pdu.AssociateRequest(
                new Pdu.Names(peer.aeTitle(), aeTitle),
                proposals,
                new Pdu.UserInformation(Connection.MAX_PDU, DicomFileWriter.IMPLEMENTATION)));
        Pdu answer = connection.read();
        if (answer instanceof Pdu.AssociateReject reject) {
            throw new IOException("the peer refuses an association: " + reject.why());
        }
        if (answer instanceof Pdu.Abort) {
            throw new AbortedException();
        }
        if (!(answer instanceof Pdu.AssociateAccept accept)) {
            throw new ProtocolException(UNEXPECTED_PDU, "no answer to a request for an association came");
        }
        Map<Integer, String> accepted = new HashMap<>();
        accept.contexts().stream()
                .filter(context -> context.result() == Pdu.Answer.ACCEPTED)
                .forEach(context -> accepted.put(context.id(), context.transferSyntax()));
        return new Association(connection, accepted, accept.user().maxPdu());
    }

    private static List<Pdu.Proposal> proposals(List<OutgoingObject> objects) {
        List<Pdu.Proposal> proposals = new ArrayList<>();
        for (OutgoingObject object : objects) {
            if (proposals.stream().noneMatch(one -> isOf(one, object))) {
                proposals.add(new Pdu.Proposal(
                        2 * proposals.size() + 1, object.sopClass(), List.of(object.transferSyntax())));
            }
        }
        return proposals;
    }

    private static boolean isOf(Pdu.Proposal proposal, OutgoingObject object) {
        return proposal.abstractSyntax().equals(object.sopClass())
                && proposal.transferSyntaxes().get(0).equals(object.transferSyntax());
    }

    private static int contextOf(Association association, List<Pdu.Proposal> proposals, OutgoingObject object)
            throws IOException {
        int id = proposals.stream()
                .filter(one -> isOf(one, object))
                .findFirst()
                .orElseThrow()
                .id();
        requireContext(association, id);
        return id;
    }

    private static void requireContext(Association association, int id) throws RefusedObjectException {
        if (association.transferSyntax(id) == null) {
            throw new RefusedObjectException("the peer does not take objects of this kind and transfer syntax");
        }
    }

    private static void store(Association association, int context, int messageId, OutgoingObject object)
            throws IOException {
        association.send(context, DimseCommand.store(messageId, object.sopClass(), object.sopInstance()));
        try (InputStream dataSet = object.dataSet()) {
            association.send(context, dataSet);
        }
        requireSuccess(association, Field.STORE_ANSWER);
    }

    private static void requireSuccess(Association association, Field field) throws IOException {
        Optional<Association.Received> received = association.command();
        if (received.isEmpty() || received.get().command().field() != field) {
            throw new ProtocolException(INVALID_PARAMETER, "no answer to a command came");
        }
        int status = received.get().command().status();
        if (status != 0 && (status & WARNING_MASK) != WARNING) {
            throw new RefusedObjectException(String.format("the peer refuses an object with status %04X", status));
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }
}
