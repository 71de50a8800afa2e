package io.deformux.dicom.net;

import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;
import static io.deformux.dicom.net.ProtocolException.Reason.UNEXPECTED_PDU;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Commands and data sets over an association that both sides have agreed on. One thread. */
final class Association {
    private static final int LEAST_PDU = 1024;
    private static final int PDV_HEADER = 6;

    private final Connection connection;
    private final Map<Integer, AcceptedContext> contexts;
    private final int fragment;
    private final Queue<Pdv> waiting = new ArrayDeque<>();

    /**
     * An association.
     *
     * @param contexts the presentation contexts that were accepted, by id
     * @param theirMaxPdu the longest variable field of a P-DATA-TF that the other side takes; 0: any
     * @throws ProtocolException if it takes less than a command may need
     */
    Association(Connection connection, Map<Integer, AcceptedContext> contexts, long theirMaxPdu)
            throws ProtocolException {
        this.connection = connection;
        this.contexts = Map.copyOf(contexts);
        long taken = theirMaxPdu == 0 ? Connection.MAX_PDU : Math.min(theirMaxPdu, Connection.MAX_PDU);
        if (taken < LEAST_PDU) {
            throw new ProtocolException(
                    INVALID_PARAMETER, "PDUs of less than " + LEAST_PDU + " bytes are not made here");
        }
        this.fragment = (int) (taken - PDV_HEADER) & ~1; // fragments are of even length (PS3.7 Annex F)
    }

    /** A command, and the presentation context that it is in. */
    record Received(int context, DimseCommand command) {}

    /** A presentation context, if it was accepted. */
    Optional<AcceptedContext> context(int id) {
        return Optional.ofNullable(contexts.get(id));
    }

    /**
     * The next command; empty if the other side releases the association, which is answered.
     *
     * @throws AbortedException if it aborts it
     */
    Optional<Received> command() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Optional<Pdv> first = pdv();
        if (first.isEmpty()) {
            connection.write(new Pdu.ReleaseReply());
            return Optional.empty();
        }
        Pdv pdv = first.get();
        while (true) {
            if (!pdv.command() || pdv.context() != first.get().context()) {
                throw new ProtocolException(INVALID_PARAMETER, "a data set came where a command was to come");
            }
            bytes.writeBytes(pdv.bytes());
            if (bytes.size() > DimseCommand.MOST_BYTES) {
                throw new ProtocolException(INVALID_PARAMETER, "a command is too long");
            }
            if (pdv.last()) {
                return Optional.of(new Received(pdv.context(), DimseCommand.read(bytes.toByteArray())));
            }
            pdv = within();
        }
    }

    /** Hands over the fragments of the data set that follows a command. */
    void dataSet(int context, Consumer<byte[]> fragments) throws IOException {
        Pdv pdv;
        do {
            pdv = within();
            if (pdv.command() || pdv.context() != context) {
                throw new ProtocolException(INVALID_PARAMETER, "a command came within a data set");
            }
            fragments.accept(pdv.bytes());
        } while (!pdv.last());
    }

    private Pdv within() throws IOException {
        return pdv().orElseThrow(() -> new ProtocolException(UNEXPECTED_PDU, "a release came within a message"));
    }

    /** The next presentation data value; empty if it is a request to release instead. */
    private Optional<Pdv> pdv() throws IOException {
        while (waiting.isEmpty()) {
            Pdu pdu = connection.read();
            if (pdu instanceof Pdu.ReleaseRequest) {
                return Optional.empty();
            }
            if (pdu instanceof Pdu.Abort) {
                throw new AbortedException();
            }
            if (!(pdu instanceof Pdu.Data data)) {
                throw new ProtocolException(UNEXPECTED_PDU, "a PDU came that does not come here");
            }
            waiting.addAll(data.values());
        }
        Pdv pdv = waiting.remove();
        if (!contexts.containsKey(pdv.context())) {
            throw new ProtocolException(INVALID_PARAMETER, "a presentation context is used that was not accepted");
        }
        return Optional.of(pdv);
    }

    void send(int context, DimseCommand command) throws IOException {
        connection.write(new Pdu.Data(List.of(new Pdv(context, true, true, command.bytes()))));
    }

    /** Sends a data set to the end of a stream, which is left open. */
    void send(int context, InputStream dataSet) throws IOException {
        byte[] now = dataSet.readNBytes(fragment);
        boolean last;
        do {
            byte[] next = dataSet.readNBytes(fragment);
            last = next.length == 0;
            connection.write(new Pdu.Data(List.of(new Pdv(context, false, last, now))));
            now = next;
        } while (!last);
    }
}
