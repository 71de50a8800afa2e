package io.deformux.standalone.option;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
    /** The version, or {@code development} when the classes do not come from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "deformux " + current() + commit().map(id -> " (commit " + id + ")").orElse("")
        };
    }

    /** The commit that the jar was built from; empty of a build outside a checkout. */
    private static Optional<String> commit() throws IOException {
        String here = Version.class.getResource("Version.class").toString();
        if (!here.startsWith("jar:")) {
            return Optional.empty();
        }
        URL manifest = new URL(here.replaceFirst("!/.*", "!/META-INF/MANIFEST.MF"));
        try (InputStream in = manifest.openStream()) {
            return Optional.ofNullable(new Manifest(in).getMainAttributes().getValue("Commit"))
                    .filter(id -> id.matches("[0-9a-f]+"));
        }
    }
}
