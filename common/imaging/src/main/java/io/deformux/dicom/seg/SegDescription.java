package io.deformux.dicom.seg;

import io.deformux.dicom.data.NamedUid;
import java.util.Objects;

/**
 * What an object says of its making.
 *
 * @param kind how segments are stored
 * @param identity decides the UIDs of series and object: the same identity and kind give the same ones
 * @param algorithmName the model's name
 * @param algorithmVersion the model's version
 * @param deviceSerialNumber which algorithm exactly, as its digest
 * @param softwareVersion the version of this software
 */
public record SegDescription(
        SegKind kind,
        String identity,
        String algorithmName,
        String algorithmVersion,
        String deviceSerialNumber,
        String softwareVersion) {

    /** Checks that every part is there. */
    public SegDescription {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(algorithmName, "algorithmName");
        Objects.requireNonNull(algorithmVersion, "algorithmVersion");
        Objects.requireNonNull(deviceSerialNumber, "deviceSerialNumber");
        Objects.requireNonNull(softwareVersion, "softwareVersion");
    }

    /** The UID of one part of the object. */
    String uid(String part) {
        return NamedUid.of("seg\n" + identity + "\n" + kind + "\n" + part);
    }
}
