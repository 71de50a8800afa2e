package io.deformux.network.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A libtorch of a few hundred bytes whose fault is known, in a folder of its own. */
record FakeLibtorch(Path folder, KnownFault fault) {
    static final String FUNCTION = "answer";
    static final byte[] CODE = {1, 2, 3, 4, 5};
    static final byte[] REPLACEMENT = {9, 8, 7, 6, 5};

    static FakeLibtorch in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(Libtorch.coreName()), TinyElf.with(FUNCTION, CODE));
        Files.writeString(folder.resolve("libc10.so"), "sibling");
        return at(folder);
    }

    /** The one that lies there. */
    static FakeLibtorch at(Path folder) {
        return new FakeLibtorch(
                folder,
                new KnownFault(
                        digest(TinyElf.with(FUNCTION, CODE)),
                        FUNCTION,
                        CODE,
                        REPLACEMENT,
                        digest(TinyElf.with(FUNCTION, REPLACEMENT))));
    }

    /** As if it were on the class path. */
    Libtorch library() {
        return new Libtorch(
                "2.0.0",
                "cpu",
                List.of(
                        LibraryFile.of(folder.resolve("libc10.so")),
                        LibraryFile.of(folder.resolve(Libtorch.coreName()))),
                Optional.empty(),
                false);
    }

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(FileDigests.sha256().digest(bytes));
    }
}
