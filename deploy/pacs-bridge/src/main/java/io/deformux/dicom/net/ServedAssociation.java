package io.deformux.dicom.net;

import static io.deformux.dicom.net.DimseCommand.VERIFICATION;
import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;
import static io.deformux.dicom.net.ProtocolException.Reason.UNEXPECTED_PDU;
import static io.deformux.dicom.net.ProtocolException.Reason.UNSPECIFIED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.net.AssociationObserver.End;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One association from its request to its end, as the acceptor sees it (PS3.8 section 9.2). One thread. */
final class ServedAssociation {
    /** An A-ABORT of the provider (PS3.8 Table 9-26). */
    private static final int PROVIDER = 2;

    private static final Pdu.UserInformation OURS =
            new Pdu.UserInformation(Connection.MAX_PDU, DicomFileWriter.IMPLEMENTATION);

    private final Connection connection;
    private final AssociationPolicy policy;
    private final InstanceReceiver receiver;
    private final AssociationObserver observer;
    private final RefusedCallers callers;
    private boolean accepted;

    ServedAssociation(
            Connection connection,
            AssociationPolicy policy,
            InstanceReceiver receiver,
            AssociationObserver observer,
            RefusedCallers callers) {
        this.connection = connection;
        this.policy = policy;
        this.receiver = receiver;
        this.observer = observer;
        this.callers = callers;
    }

    /**
     * Serves it.
     *
     * @param full whether there are as many already as there may be
     */
    End serve(InetAddress caller, boolean full) throws IOException {
        try {
            if (!(connection.read() instanceof Pdu.AssociateRequest request)) {
                throw new ProtocolException(UNEXPECTED_PDU, "no request for an association came first");
            }
            Optional<Pdu.Rejection> rejection = policy.rejection(request.names(), caller)
                    .or(() -> full ? Optional.of(Pdu.Rejection.LOCAL_LIMIT) : Optional.empty());
            if (rejection.isPresent()) {
                return reject(rejection.get(), caller, Optional.of(request.names()));
            }
            talk(accept(request));
            return End.RELEASED;
        } catch (RejectedException e) {
            if (accepted) { // no second request is awaited (PS3.8 Table 9-10, Sta6)
                connection.write(new Pdu.Abort(PROVIDER, UNEXPECTED_PDU.code()));
                throw e;
            }
            return reject(e.why(), caller, Optional.empty());
        } catch (ProtocolException e) {
            connection.write(new Pdu.Abort(PROVIDER, e.reason().code()));
            throw e;
        }
    }

    private End reject(Pdu.Rejection why, InetAddress caller, Optional<Pdu.Names> names) throws IOException {
        callers.refused(caller, CallerRefusal.of(why), names);
        connection.write(new Pdu.AssociateReject(why));
        return End.REJECTED;
    }

    /** Whether it was accepted, so that somebody is at the other side who is known. */
    boolean wasAccepted() {
        return accepted;
    }

    private Association accept(Pdu.AssociateRequest request) throws IOException {
        List<Pdu.Answer> answers = policy.answers(request.contexts());
        connection.write(new Pdu.AssociateAccept(request.names(), answers, OURS));
        accepted = true;
        Map<Integer, String> classes =
                request.contexts().stream().collect(Collectors.toMap(Pdu.Proposal::id, Pdu.Proposal::abstractSyntax));
        Map<Integer, AcceptedContext> contexts = new HashMap<>();
        answers.stream()
                .filter(answer -> answer.result() == Pdu.Answer.ACCEPTED)
                .forEach(answer -> contexts.put(
                        answer.id(), new AcceptedContext(classes.get(answer.id()), answer.transferSyntax())));
        return new Association(connection, contexts, request.user().maxPdu());
    }

    private void talk(Association association) throws IOException {
        try (InstanceReceiver.Delivery delivery = receiver.open()) {
            talk(association, delivery);
        }
    }

    private void talk(Association association, InstanceReceiver.Delivery delivery) throws IOException {
        Optional<Association.Received> received = association.command();
        while (received.isPresent()) {
            DimseCommand command = received.get().command();
            int status =
                    switch (command.field()) {
                        case ECHO_REQUEST -> InstanceReceiver.SUCCESS;
                        case STORE_REQUEST -> store(association, delivery, received.get());
                        default -> throw new ProtocolException(UNSPECIFIED, "a command is not one that is served here");
                    };
            association.send(received.get().context(), command.answer(status));
            received = association.command();
        }
    }

    private int store(Association association, InstanceReceiver.Delivery delivery, Association.Received received)
            throws IOException {
        DimseCommand command = received.command();
        boolean named = DataSet.isUid(command.sopClass()) && DataSet.isUid(command.sopInstance());
        if (!command.hasDataSet() || !named) {
            throw new ProtocolException(INVALID_PARAMETER, "a C-STORE lacks its data set or what it is of");
        }
        int status = take(association, delivery, received);
        observer.instance(status);
        return status;
    }

    /** What is of another class than its context, which was accepted for that one alone, is read and dropped. */
    private int take(Association association, InstanceReceiver.Delivery delivery, Association.Received received)
            throws IOException {
        DimseCommand command = received.command();
        AcceptedContext context = association.context(received.context()).orElseThrow();
        if (!command.sopClass().equals(context.sopClass()) || context.sopClass().equals(VERIFICATION)) {
            association.dataSet(received.context(), fragment -> {});
            return InstanceReceiver.CLASS_NOT_SUPPORTED;
        }
        try (InstanceReceiver.Arriving arriving =
                delivery.begin(command.sopClass(), command.sopInstance(), context.transferSyntax())) {
            association.dataSet(received.context(), arriving::take);
            return arriving.end();
        }
    }
}
