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
import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;

import io.deformux.dicom.data.DataSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads A-ASSOCIATE-RQ and -AC (PS3.8 sections 9.3.2 and 9.3.3). Items that are not known are passed over. */
final class AssociateItems {
    private static final int MOST_CONTEXTS = 128;
    private static final int MOST_SYNTAXES = 256;

    private AssociateItems() {}

    /** An item: its type and value. */
    private record Item(int type, ByteBuffer value) {}

    static Pdu request(ByteBuffer body) throws ProtocolException {
        Pdu.Names names = names(body);
        List<Item> items = items(body, MOST_CONTEXTS + 2);
        requireContext(items);
        List<Pdu.Proposal> contexts = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (Item item : items) {
            if (item.type() == ITEM_PROPOSAL) {
                contexts.add(proposal(item.value()));
                requireNew(ids, contexts.get(contexts.size() - 1).id());
            }
        }
        return new Pdu.AssociateRequest(names, contexts, user(items));
    }

    static Pdu accept(ByteBuffer body) throws ProtocolException {
        Pdu.Names names = names(body);
        List<Item> items = items(body, MOST_CONTEXTS + 2);
        List<Pdu.Answer> contexts = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (Item item : items) {
            if (item.type() == ITEM_ANSWER) {
                contexts.add(answer(item.value()));
                requireNew(ids, contexts.get(contexts.size() - 1).id());
            }
        }
        return new Pdu.AssociateAccept(names, contexts, user(items));
    }

    private static void requireNew(Set<Integer> ids, int id) throws ProtocolException {
        if (id % 2 == 0 || !ids.add(id)) {
            throw invalid("a presentation context has an id that it may not have");
        }
    }

    private static void requireContext(List<Item> items) throws ProtocolException {
        for (Item item : items) {
            if (item.type() == ITEM_APPLICATION && text(item.value()).equals(APPLICATION_CONTEXT)) {
                return;
            }
        }
        throw new RejectedException(Pdu.Rejection.APPLICATION_CONTEXT, "the application context is not that of DICOM");
    }

    private static Pdu.Names names(ByteBuffer body) throws ProtocolException {
        if (body.remaining() < FIXED) {
            throw invalid("an A-ASSOCIATE ends before its items");
        }
        boolean version1 = (body.getShort() & 1) != 0;
        if (!version1) {
            throw new RejectedException(Pdu.Rejection.PROTOCOL_VERSION, "the protocol version is not 1");
        }
        body.getShort();
        Pdu.Names names = new Pdu.Names(title(body), title(body));
        body.position(FIXED);
        return names;
    }

    private static String title(ByteBuffer body) {
        byte[] title = new byte[TITLE];
        body.get(title);
        return new String(title, StandardCharsets.US_ASCII).strip();
    }

    private static List<Item> items(ByteBuffer body, int most) throws ProtocolException {
        List<Item> items = new ArrayList<>();
        while (body.hasRemaining()) {
            if (body.remaining() < ITEM_HEADER || items.size() == most) {
                throw invalid("an A-ASSOCIATE has too many items, or one that does not fit");
            }
            int type = body.getShort() >>> 8 & 0xff;
            int length = body.getShort() & 0xffff;
            if (length > body.remaining()) {
                throw invalid("an item is longer than what it is in");
            }
            items.add(new Item(type, body.slice(body.position(), length)));
            body.position(body.position() + length);
        }
        return items;
    }

    private static Pdu.Proposal proposal(ByteBuffer value) throws ProtocolException {
        int id = contextId(value);
        String abstractSyntax = "";
        List<String> transferSyntaxes = new ArrayList<>();
        for (Item item : items(value, MOST_SYNTAXES)) {
            if (item.type() == ITEM_ABSTRACT) {
                abstractSyntax = text(item.value());
            } else if (item.type() == ITEM_TRANSFER) {
                transferSyntaxes.add(text(item.value()));
            }
        }
        if (!DataSet.isUid(abstractSyntax) || transferSyntaxes.isEmpty()) {
            throw invalid("a presentation context is proposed without its syntaxes");
        }
        return new Pdu.Proposal(id, abstractSyntax, transferSyntaxes);
    }

    private static Pdu.Answer answer(ByteBuffer value) throws ProtocolException {
        int result = value.remaining() < ITEM_HEADER ? -1 : value.get(value.position() + 2) & 0xff;
        int id = contextId(value);
        String transferSyntax = "";
        for (Item item : items(value, MOST_SYNTAXES)) {
            if (item.type() == ITEM_TRANSFER) {
                transferSyntax = text(item.value());
            }
        }
        return new Pdu.Answer(id, result, transferSyntax);
    }

    /** Goes past the four bytes before the items of a presentation context. */
    private static int contextId(ByteBuffer value) throws ProtocolException {
        if (value.remaining() < ITEM_HEADER) {
            throw invalid("a presentation context ends before its items");
        }
        return value.getInt() >>> 24;
    }

    private static Pdu.UserInformation user(List<Item> items) throws ProtocolException {
        long maxPdu = 0;
        String implementation = "";
        for (Item item : items) {
            if (item.type() == ITEM_USER) {
                for (Item inner : items(item.value(), MOST_SYNTAXES)) {
                    if (inner.type() == ITEM_MAX_PDU && inner.value().remaining() == Integer.BYTES) {
                        maxPdu = inner.value().getInt() & 0xffffffffL;
                    } else if (inner.type() == ITEM_IMPLEMENTATION) {
                        implementation = text(inner.value());
                    }
                }
            }
        }
        return new Pdu.UserInformation(maxPdu, implementation);
    }

    /** A UID, without the padding that some add. */
    private static String text(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "").strip();
    }

    private static ProtocolException invalid(String what) {
        return new ProtocolException(INVALID_PARAMETER, what);
    }
}
