package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfSymbolsTest {
    private static final byte[] CODE = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    @Test
    void aFunctionIsFoundByItsName() throws IOException {
        Path file = Files.write(folder.resolve("library.so"), TinyElf.with("answer", CODE));
        assertThat(ElfSymbols.of(file).find("answer")).contains(new ElfSymbols.Code(TinyElf.CODE_AT + 4, CODE.length));
    }

    @Test
    void aNameThatIsOnlyPartOfAnotherIsNotFound() throws IOException {
        ElfSymbols symbols = new ElfSymbols(ByteBuffer.wrap(TinyElf.with("answer", CODE)));
        assertThat(symbols.find("answ")).isEmpty();
        assertThat(symbols.find("swer")).isEmpty();
        assertThat(symbols.find("answers")).isEmpty();
    }

    @Test
    void aNameThatTwoFunctionsHaveIsNotFound() throws IOException {
        byte[] file = TinyElf.with("answer", CODE);
        little(file).putInt(TinyElf.SYMBOLS_AT + 24, 7);
        assertThat(new ElfSymbols(ByteBuffer.wrap(file)).find("answer")).isEmpty();
    }

    @Test
    void otherFilesAreRefused() {
        assertRefused("it is not ELF", new byte[0]);
        assertRefused("it is not ELF", new byte[1000]);
        byte[] narrow = TinyElf.with("answer", CODE);
        narrow[4] = 1;
        assertRefused("it is not 64-bit little endian", narrow);
        byte[] otherHeaders = TinyElf.with("answer", CODE);
        little(otherHeaders).putShort(58, (short) 40);
        assertRefused("its section headers have an unknown size", otherHeaders);
    }

    @Test
    void aFunctionOutsideItsSectionIsRefused() {
        byte[] behind = TinyElf.with("answer", CODE);
        little(behind).putLong(TinyElf.SYMBOLS_AT + 48 + 16, CODE.length + 1);
        assertRefused("the function lies outside its section", behind);
        byte[] before = TinyElf.with("answer", CODE);
        little(before).putLong(TinyElf.SYMBOLS_AT + 48 + 8, 0);
        assertRefused("the function lies outside its section", before);
    }

    @Test
    void everyShorterFileIsRefused() {
        byte[] file = TinyElf.with("answer", CODE);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> new ElfSymbols(ByteBuffer.wrap(cut)).find("answer"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDamagedFileIsRefusedOrLeadsToCodeInsideIt() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] file = TinyElf.with("answer", CODE);
        for (int n = 0; n < 50_000; n++) {
            byte[] damaged = file.clone();
            for (int change = 0; change < 3; change++) {
                // Fields lie in the header, the symbols and the section headers.
                int at = random.nextBoolean() ? random.nextInt(64) : random.nextInt(0x100, damaged.length);
                damaged[at] = (byte) random.nextInt();
            }
            try {
                Optional<ElfSymbols.Code> code = new ElfSymbols(ByteBuffer.wrap(damaged)).find("answer");
                code.ifPresent(found ->
                        assertThat((long) found.offset() + found.length()).isBetween(0L, (long) damaged.length));
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("the library cannot be searched: ");
            }
        }
    }

    private static void assertRefused(String reason, byte[] file) {
        assertThatThrownBy(() -> new ElfSymbols(ByteBuffer.wrap(file)).find("answer"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(reason);
    }

    private static ByteBuffer little(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }
}
