package io.deformux.network.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** TorchScript text that lies beside a class. */
public final class SourceText {
    /** The folder of the project's own classes inside an archive. */
    public static final String FOLDER = "code/__torch__/deformux/";

    private SourceText() {}

    /** The text of a file beside a class. */
    public static String of(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
