package io.deformux.network.library;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The smallest ELF file with one function in it. */
final class TinyElf {
    static final int CODE_AT = 0x80;
    static final int SYMBOLS_AT = 0x100;
    static final int NAMES_AT = 0x180;
    static final int SECTIONS_AT = 0x200;
    private static final long ADDRESS = 0x40_0000;
    private static final int SIZE = SECTIONS_AT + 4 * 64;

    private TinyElf() {}

    /** A file in which a function of that name has that code, four bytes behind the start of its section. */
    static byte[] with(String function, byte[] code) {
        ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1);
        file.putLong(40, SECTIONS_AT).putShort(58, (short) 64).putShort(60, (short) 4);
        file.put(CODE_AT + 4, code);
        file.put(NAMES_AT, ("\0other\0" + function + "\0").getBytes(StandardCharsets.US_ASCII));
        symbol(file, 1, 1, ADDRESS, 4);
        symbol(file, 2, 7, ADDRESS + 4, code.length);
        section(file, 1, 1, ADDRESS, CODE_AT, 4 + code.length, 0);
        section(file, 2, 2, 0, SYMBOLS_AT, 3 * 24, 3);
        section(file, 3, 3, 0, NAMES_AT, 8 + function.length(), 0);
        return file.array();
    }

    private static void symbol(ByteBuffer file, int index, int name, long address, long size) {
        int at = SYMBOLS_AT + index * 24;
        file.putInt(at, name).put(at + 4, (byte) 2).putShort(at + 6, (short) 1);
        file.putLong(at + 8, address).putLong(at + 16, size);
    }

    private static void section(ByteBuffer file, int index, int type, long address, long offset, long size, int link) {
        int at = SECTIONS_AT + index * 64;
        file.putInt(at + 4, type).putLong(at + 16, address).putLong(at + 24, offset);
        file.putLong(at + 32, size).putInt(at + 40, link);
    }
}
