package io.deformux.standalone.option;

import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of a DICOM folder is meant, and how its slices are to be taken. */
public final class SeriesOptions {
    @Option(names = "--series", paramLabel = "UID", description = "Which series of a folder that holds several.")
    private String series;

    @Option(
            names = "--acquisition",
            paramLabel = "N",
            description = "Which acquisition of a series that has several (default: all, as one stack).")
    private Integer acquisition;

    @Mixin
    private UnevenSlicesOption uneven;

    /** An input of which this part is meant. */
    public InputReference of(URI uri, Kind kind, Optional<String> sha256) {
        return new InputReference(
                uri, kind, sha256, Optional.ofNullable(series), Optional.ofNullable(acquisition), uneven.asked());
    }

    /** The same of an input that was found. */
    public InputReference of(InputReference located, Optional<String> sha256) {
        return of(located.uri(), located.kind(), sha256);
    }
}
