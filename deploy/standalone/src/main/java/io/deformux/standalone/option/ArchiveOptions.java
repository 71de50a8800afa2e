package io.deformux.standalone.option;

import io.deformux.pacs.ArchiveAddress;
import io.deformux.pacs.Orthanc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an Orthanc is reached, besides its address. */
public final class ArchiveOptions {
    @Option(
            names = "--dicom-web",
            paramLabel = "URI",
            description = "The DICOMweb service as the workers reach it (default: dicomweb://HOST:PORT/dicom-web of"
                    + " --orthanc).")
    private URI dicomWeb;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "A file with user:password for Orthanc; workers have their own in --access.")
    private Path credentials;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** What the file holds, if there is one; a {@link ParameterException} tells that it cannot be read. */
    public Optional<String> secret() {
        try {
            return credentials == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(credentials).strip());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--credentials " + credentials + " cannot be read", e);
        }
    }

    /** Both addresses; a {@link ParameterException} says what is wrong with one. */
    public ArchiveAddress address(URI orthanc) {
        try {
            return ArchiveAddress.of(orthanc, Optional.ofNullable(dicomWeb));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The archive itself, not asked yet. */
    public Orthanc archive(URI orthanc) {
        return new Orthanc(address(orthanc).orthanc(), secret());
    }
}
