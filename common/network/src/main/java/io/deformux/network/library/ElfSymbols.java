package io.deformux.network.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds where in a file a function's code lies, by its name in {@code .symtab}, which lists local functions too. Reads 64-bit
 * little-endian ELF (System V gABI, chapters 4 and 5) smaller than 2 GiB. What the file says is never believed beyond the
 * file's end.
 */
final class ElfSymbols {
    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int FILE_HEADER = 64;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int FUNCTION = 2;

    private final ByteBuffer file;
    private final long sectionsAt;
    private final int sections;

    /** Where a function's code lies in the file. */
    record Code(int offset, int length) {}

    private record Section(int type, long address, int offset, int length, int link) {}

    /**
     * Of a file's content.
     *
     * @throws IOException if it is no such ELF file or is cut short
     */
    ElfSymbols(ByteBuffer content) throws IOException {
        file = content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        require(file.limit() >= FILE_HEADER && file.getInt(0) == MAGIC, "it is not ELF");
        require(file.getShort(4) == CLASS_64_LITTLE_ENDIAN, "it is not 64-bit little endian");
        sectionsAt = file.getLong(40);
        sections = Short.toUnsignedInt(file.getShort(60));
        require(Short.toUnsignedInt(file.getShort(58)) == SECTION_HEADER, "its section headers have an unknown size");
        requireInside(sectionsAt, (long) sections * SECTION_HEADER);
    }

    /** Of a file, which is mapped, not read. */
    static ElfSymbols of(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            require(channel.size() <= Integer.MAX_VALUE, "it is larger than 2 GiB");
            return new ElfSymbols(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /**
     * The code of the function of that name.
     *
     * @return empty if there is none, or more than one
     * @throws IOException if the file contradicts itself
     */
    Optional<Code> find(String name) throws IOException {
        byte[] wanted = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        Code found = null;
        for (int n = 0; n < sections; n++) {
            Section symbols = section(n);
            if (symbols.type != SYMTAB) {
                continue;
            }
            Section names = section(symbols.link);
            require(names.type == STRTAB, "its symbols have no names");
            for (int at = symbols.offset; at <= symbols.offset + symbols.length - SYMBOL; at += SYMBOL) {
                if ((file.get(at + 4) & 0xF) == FUNCTION && named(names, file.getInt(at), wanted)) {
                    if (found != null) {
                        return Optional.empty();
                    }
                    found = code(at);
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private boolean named(Section names, int index, byte[] wanted) {
        if (index < 0 || index > names.length - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (file.get(names.offset + index + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** An address lies as far into its section's bytes as behind its section's address. */
    private Code code(int symbol) throws IOException {
        Section section = section(Short.toUnsignedInt(file.getShort(symbol + 6)));
        require(section.type == PROGBITS, "the function has no code");
        long into = file.getLong(symbol + 8) - section.address;
        long length = file.getLong(symbol + 16);
        require(
                into >= 0 && into <= section.length && length >= 0 && length <= section.length - into,
                "the function lies outside its section");
        return new Code((int) (section.offset + into), (int) length);
    }

    private Section section(int index) throws IOException {
        require(index >= 0 && index < sections, "it names a section that it does not have");
        int at = (int) sectionsAt + index * SECTION_HEADER;
        int type = file.getInt(at + 4);
        long offset = file.getLong(at + 24);
        long length = file.getLong(at + 32);
        if (type != PROGBITS && type != SYMTAB && type != STRTAB) {
            return new Section(type, 0, 0, 0, 0);
        }
        requireInside(offset, length);
        return new Section(type, file.getLong(at + 16), (int) offset, (int) length, file.getInt(at + 40));
    }

    private void requireInside(long offset, long length) throws IOException {
        require(
                offset >= 0 && length >= 0 && offset <= file.limit() && length <= file.limit() - offset,
                "it ends before what it refers to");
    }

    private static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("the library cannot be searched: " + otherwise);
        }
    }
}
