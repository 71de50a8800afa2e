package io.deformux.network.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A native library by itself or inside a jar.
 *
 * @param name its file name
 * @param url where its bytes are
 */
record LibraryFile(String name, URL url) {

    /** One that lies in a folder. */
    static LibraryFile of(Path file) {
        try {
            return new LibraryFile(file.getFileName().toString(), file.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its bytes. */
    InputStream open() throws IOException {
        return connection().getInputStream();
    }

    /** Bytes when open, -1 if unknown. */
    long length() throws IOException {
        return connection().getContentLengthLong();
    }

    /** The file on disk that holds it, itself or a jar; empty if it lies elsewhere. */
    Optional<Path> container() {
        try {
            URL file = connection() instanceof JarURLConnection jar ? jar.getJarFileURL() : url;
            URI uri = file.toURI();
            return "file".equals(uri.getScheme()) ? Optional.of(Path.of(uri)) : Optional.empty();
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private URLConnection connection() throws IOException {
        URLConnection connection = url.openConnection();
        // A cached jar would stay open, and stay what it was when somebody replaces it.
        connection.setUseCaches(false);
        return connection;
    }
}
