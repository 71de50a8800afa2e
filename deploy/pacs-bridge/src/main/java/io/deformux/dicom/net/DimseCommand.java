package io.deformux.dicom.net;

import static io.deformux.dicom.net.ProtocolException.Reason.INVALID_PARAMETER;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A command of DIMSE (PS3.7 chapter 9 and Annex E), of what C-ECHO and C-STORE have in theirs.
 *
 * @param field which command
 * @param messageId of a request its own, of an answer that of the request
 * @param sopClass Affected SOP Class UID; empty if there is none
 * @param sopInstance Affected SOP Instance UID; empty if there is none
 * @param hasDataSet whether a data set follows
 * @param status of an answer; 0 is success
 */
public record DimseCommand(
        Field field, int messageId, String sopClass, String sopInstance, boolean hasDataSet, int status) {
    /** The SOP class of C-ECHO (PS3.4 Annex A). */
    public static final String VERIFICATION = "1.2.840.10008.1.1";

    /** Bytes of a command set: ours have some two hundred. */
    static final int MOST_BYTES = 1 << 14;

    private static final int ANSWER = 0x8000;
    private static final int NO_DATA_SET = 0x0101;
    private static final int HEADER = 8;

    private static final int GROUP_LENGTH = 0x0000;
    private static final int AFFECTED_SOP_CLASS = 0x0002;
    private static final int COMMAND_FIELD = 0x0100;
    private static final int MESSAGE_ID = 0x0110;
    private static final int MESSAGE_ID_RESPONDED_TO = 0x0120;
    private static final int PRIORITY = 0x0700;
    private static final int DATA_SET_TYPE = 0x0800;
    private static final int STATUS = 0x0900;
    private static final int AFFECTED_SOP_INSTANCE = 0x1000;

    /** The commands (PS3.7 Annex E.1). */
    public enum Field {
        /** C-STORE-RQ. */
        STORE_REQUEST(0x0001),
        /** C-STORE-RSP. */
        STORE_ANSWER(0x8001),
        /** C-ECHO-RQ. */
        ECHO_REQUEST(0x0030),
        /** C-ECHO-RSP. */
        ECHO_ANSWER(0x8030),
        /** Any other. */
        OTHER(-1);

        private final int code;

        Field(int code) {
            this.code = code;
        }

        private static Field of(int code) {
            for (Field known : values()) {
                if (known.code == code) {
                    return known;
                }
            }
            return OTHER;
        }
    }

    /** C-ECHO-RQ. */
    static DimseCommand echo(int messageId) {
        return new DimseCommand(Field.ECHO_REQUEST, messageId, VERIFICATION, "", false, 0);
    }

    /** C-STORE-RQ. */
    static DimseCommand store(int messageId, String sopClass, String sopInstance) {
        return new DimseCommand(Field.STORE_REQUEST, messageId, sopClass, sopInstance, true, 0);
    }

    /** What is answered to this request. */
    DimseCommand answer(int newStatus) {
        Field answer = field == Field.ECHO_REQUEST ? Field.ECHO_ANSWER : Field.STORE_ANSWER;
        return new DimseCommand(answer, messageId, sopClass, sopInstance, false, newStatus);
    }

    /**
     * Reads a command set, which is always implicit little endian.
     *
     * @throws ProtocolException if it is none
     */
    public static DimseCommand read(byte[] bytes) throws ProtocolException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int field = -1;
        int messageId = -1;
        int dataSetType = -1;
        int status = 0;
        String sopClass = "";
        String sopInstance = "";
        while (in.hasRemaining()) {
            if (in.remaining() < HEADER) {
                throw new ProtocolException(INVALID_PARAMETER, "a command ends within an element");
            }
            int group = in.getShort() & 0xffff;
            int element = in.getShort() & 0xffff;
            long length = in.getInt() & 0xffffffffL;
            if (group != 0 || length > in.remaining()) {
                throw new ProtocolException(INVALID_PARAMETER, "a command has an element that does not fit");
            }
            ByteBuffer value = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + (int) length);
            switch (element) {
                case AFFECTED_SOP_CLASS -> sopClass = uid(value);
                case COMMAND_FIELD -> field = number(value);
                case MESSAGE_ID, MESSAGE_ID_RESPONDED_TO -> messageId = number(value);
                case DATA_SET_TYPE -> dataSetType = number(value);
                case STATUS -> status = number(value);
                case AFFECTED_SOP_INSTANCE -> sopInstance = uid(value);
                default -> {}
            }
        }
        if (field < 0 || messageId < 0 || dataSetType < 0) {
            throw new ProtocolException(INVALID_PARAMETER, "a command lacks what each has");
        }
        return new DimseCommand(Field.of(field), messageId, sopClass, sopInstance, dataSetType != NO_DATA_SET, status);
    }

    private static int number(ByteBuffer value) throws ProtocolException {
        if (value.remaining() != Short.BYTES) {
            throw new ProtocolException(INVALID_PARAMETER, "a number of a command has not two bytes");
        }
        return value.getShort() & 0xffff;
    }

    private static String uid(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "").strip();
    }

    /** The command set, with its length in front. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, AFFECTED_SOP_CLASS, sopClass);
        number(out, COMMAND_FIELD, field.code);
        boolean answer = (field.code & ANSWER) != 0;
        number(out, answer ? MESSAGE_ID_RESPONDED_TO : MESSAGE_ID, messageId);
        if (field == Field.STORE_REQUEST) {
            number(out, PRIORITY, 0);
        }
        number(out, DATA_SET_TYPE, hasDataSet ? 1 : NO_DATA_SET);
        if (answer) {
            number(out, STATUS, status);
        }
        text(out, AFFECTED_SOP_INSTANCE, sopInstance);
        ByteBuffer length = ByteBuffer.allocate(HEADER + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putShort((short) 0)
                .putShort((short) GROUP_LENGTH)
                .putInt(Integer.BYTES)
                .putInt(out.size());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(length.array());
        whole.writeBytes(out.toByteArray());
        return whole.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, int element, String uid) {
        if (!uid.isEmpty()) {
            element(out, element, (uid.length() % 2 == 0 ? uid : uid + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void number(ByteArrayOutputStream out, int element, int value) {
        element(out, element, new byte[] {(byte) value, (byte) (value >> 8)});
    }

    private static void element(ByteArrayOutputStream out, int element, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) element)
                .putInt(value.length)
                .array());
        out.writeBytes(value);
    }
}
