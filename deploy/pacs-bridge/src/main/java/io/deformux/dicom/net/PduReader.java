package io.deformux.dicom.net;

import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;
import static io.deformux.dicom.net.ProtocolException.Reason.UNRECOGNIZED_PDU;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads PDUs one by one (PS3.8 section 9.3.1). A length is held against the bound of its type before memory is taken. One
 * thread.
 */
public final class PduReader {
    /** Bytes of a request or its answer: 128 presentation contexts with many transfer syntaxes each are a quarter of it. */
    static final int MOST_ASSOCIATE = 1 << 18;

    /** Type, a byte that is reserved, and length. */
    private static final int HEADER = 6;

    private static final int SHORT = 4;
    private static final int LEAST_PDV = 2;

    private final InputStream in;
    private final int maxPdu;

    /**
     * A reader.
     *
     * @param maxPdu the longest variable field of a P-DATA-TF that is taken
     */
    public PduReader(InputStream in, int maxPdu) {
        this.in = in;
        this.maxPdu = maxPdu;
    }

    /**
     * The next PDU.
     *
     * @throws EOFException if the stream ends before it begins, or within it
     * @throws ProtocolException if it is none
     */
    public Pdu read() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new EOFException("the other side closed the connection");
        }
        int type = header[0] & 0xff;
        long length = ByteBuffer.wrap(header).getInt(2) & 0xffffffffL;
        return switch (type) {
            case PduType.ASSOCIATE_RQ -> AssociateItems.request(body(length, MOST_ASSOCIATE));
            case PduType.ASSOCIATE_AC -> AssociateItems.accept(body(length, MOST_ASSOCIATE));
            case PduType.ASSOCIATE_RJ -> reject(fixed(length));
            case PduType.DATA -> new Pdu.Data(values(body(length, maxPdu)));
            case PduType.RELEASE_RQ -> {
                fixed(length);
                yield new Pdu.ReleaseRequest();
            }
            case PduType.RELEASE_RP -> {
                fixed(length);
                yield new Pdu.ReleaseReply();
            }
            case PduType.ABORT -> {
                ByteBuffer body = fixed(length);
                yield new Pdu.Abort(body.get(2) & 0xff, body.get(3) & 0xff);
            }
            default -> throw new ProtocolException(UNRECOGNIZED_PDU, "a PDU of an unknown type came");
        };
    }

    private ByteBuffer body(long length, int most) throws IOException {
        if (length > most) {
            throw new ProtocolException(INVALID_PARAMETER, "a PDU is longer than " + most + " bytes");
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the other side closed the connection within a PDU");
        }
        return ByteBuffer.wrap(body);
    }

    private ByteBuffer fixed(long length) throws IOException {
        if (length != SHORT) {
            throw new ProtocolException(INVALID_PARAMETER, "a PDU is not of its fixed length");
        }
        return body(length, SHORT);
    }

    private static Pdu reject(ByteBuffer body) {
        return new Pdu.AssociateReject(Pdu.Rejection.of(body.get(2) & 0xff, body.get(3) & 0xff));
    }

    private static List<Pdv> values(ByteBuffer body) throws ProtocolException {
        List<Pdv> values = new ArrayList<>();
        while (body.hasRemaining()) {
            long length = body.remaining() < Integer.BYTES ? -1 : body.getInt() & 0xffffffffL;
            if (length < LEAST_PDV || length > body.remaining()) {
                throw new ProtocolException(INVALID_PARAMETER, "a presentation data value does not fit into its PDU");
            }
            int context = body.get() & 0xff;
            int header = body.get();
            byte[] bytes = new byte[(int) length - LEAST_PDV];
            body.get(bytes);
            values.add(new Pdv(context, (header & 1) != 0, (header & 2) != 0, bytes));
        }
        return values;
    }
}
