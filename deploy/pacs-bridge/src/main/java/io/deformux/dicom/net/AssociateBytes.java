package io.deformux.dicom.net;

import static io.deformux.dicom.net.AssociateLayout.APPLICATION_CONTEXT;
import static io.deformux.dicom.net.AssociateLayout.FIXED;
import static io.deformux.dicom.net.AssociateLayout.ITEM_ABSTRACT;
import static io.deformux.dicom.net.AssociateLayout.ITEM_ANSWER;
import static io.deformux.dicom.net.AssociateLayout.ITEM_APPLICATION;
import static io.deformux.dicom.net.AssociateLayout.ITEM_HEADER;
import static io.deformux.dicom.net.AssociateLayout.ITEM_IMPLEMENTATION;
import static io.deformux.dicom.net.AssociateLayout.ITEM_MAX_PDU;
import static io.deformux.dicom.net.AssociateLayout.ITEM_PROPOSAL;
import static io.deformux.dicom.net.AssociateLayout.ITEM_TRANSFER;
import static io.deformux.dicom.net.AssociateLayout.ITEM_USER;
import static io.deformux.dicom.net.AssociateLayout.TITLE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes A-ASSOCIATE-RQ and -AC (PS3.8 sections 9.3.2 and 9.3.3). */
final class AssociateBytes {
    private AssociateBytes() {}

    static byte[] of(Pdu.AssociateRequest request) {
        ByteArrayOutputStream out = begin(request.names());
        for (Pdu.Proposal context : request.contexts()) {
            ByteArrayOutputStream inner = new ByteArrayOutputStream();
            inner.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
            item(inner, ITEM_ABSTRACT, ascii(context.abstractSyntax()));
            context.transferSyntaxes().forEach(uid -> item(inner, ITEM_TRANSFER, ascii(uid)));
            item(out, ITEM_PROPOSAL, inner.toByteArray());
        }
        return end(out, request.user());
    }

    static byte[] of(Pdu.AssociateAccept accept) {
        ByteArrayOutputStream out = begin(accept.names());
        for (Pdu.Answer context : accept.contexts()) {
            ByteArrayOutputStream inner = new ByteArrayOutputStream();
            inner.writeBytes(new byte[] {(byte) context.id(), 0, (byte) context.result(), 0});
            item(inner, ITEM_TRANSFER, ascii(context.transferSyntax()));
            item(out, ITEM_ANSWER, inner.toByteArray());
        }
        return end(out, accept.user());
    }

    private static ByteArrayOutputStream begin(Pdu.Names names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(FIXED)
                .putShort((short) 1)
                .putShort((short) 0)
                .put(ascii(padded(names.called())))
                .put(ascii(padded(names.calling())))
                .array());
        item(out, ITEM_APPLICATION, ascii(APPLICATION_CONTEXT));
        return out;
    }

    private static byte[] end(ByteArrayOutputStream out, Pdu.UserInformation user) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        item(
                inner,
                ITEM_MAX_PDU,
                ByteBuffer.allocate(Integer.BYTES).putInt((int) user.maxPdu()).array());
        item(inner, ITEM_IMPLEMENTATION, ascii(user.implementationClass()));
        item(out, ITEM_USER, inner.toByteArray());
        return out.toByteArray();
    }

    private static void item(ByteArrayOutputStream out, int type, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(ITEM_HEADER)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) value.length)
                .array());
        out.writeBytes(value);
    }

    private static String padded(String title) {
        return (title + " ".repeat(TITLE)).substring(0, TITLE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
