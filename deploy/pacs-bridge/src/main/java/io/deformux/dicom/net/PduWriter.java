package io.deformux.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes PDUs (PS3.8 section 9.3). One thread. */
public final class PduWriter {
    private static final int PDV_HEADER = 6;

    private final OutputStream out;

    /** A writer. */
    public PduWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes one and hands it to the network. */
    public void write(Pdu pdu) throws IOException {
        if (pdu instanceof Pdu.AssociateRequest request) {
            send(PduType.ASSOCIATE_RQ, AssociateBytes.of(request));
        } else if (pdu instanceof Pdu.AssociateAccept accept) {
            send(PduType.ASSOCIATE_AC, AssociateBytes.of(accept));
        } else if (pdu instanceof Pdu.AssociateReject reject) {
            Pdu.Rejection why = reject.why();
            send(PduType.ASSOCIATE_RJ, 0, why.result(), why.source(), why.reason());
        } else if (pdu instanceof Pdu.Data data) {
            data(data);
        } else if (pdu instanceof Pdu.ReleaseRequest) {
            send(PduType.RELEASE_RQ, 0, 0, 0, 0);
        } else if (pdu instanceof Pdu.ReleaseReply) {
            send(PduType.RELEASE_RP, 0, 0, 0, 0);
        } else if (pdu instanceof Pdu.Abort abort) {
            send(PduType.ABORT, 0, 0, abort.source(), abort.reason());
        }
    }

    private void data(Pdu.Data data) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream values = new DataOutputStream(body);
        for (Pdv value : data.values()) {
            values.writeInt(value.bytes().length + PDV_HEADER - Integer.BYTES);
            values.writeByte(value.context());
            values.writeByte((value.command() ? 1 : 0) | (value.last() ? 2 : 0));
            values.write(value.bytes());
        }
        send(PduType.DATA, body.toByteArray());
    }

    private void send(int type, int... body) throws IOException {
        byte[] bytes = new byte[body.length];
        for (int n = 0; n < body.length; n++) {
            bytes[n] = (byte) body[n];
        }
        send(type, bytes);
    }

    private void send(int type, byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + PDV_HEADER);
        DataOutputStream header = new DataOutputStream(whole);
        header.writeByte(type);
        header.writeByte(0);
        header.writeInt(body.length);
        header.write(body);
        whole.writeTo(out);
        out.flush();
    }
}
