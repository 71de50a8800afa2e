package io.deformux.dicom.seg;

import io.deformux.dicom.derived.Making;
import io.deformux.dicom.series.slice.SopInstance;
import java.time.Instant;
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
 * @param begun when the job first began
 */
public record SegDescription(
        SegKind kind,
        String identity,
        String algorithmName,
        String algorithmVersion,
        String deviceSerialNumber,
        String softwareVersion,
        Instant begun) {

    /** Checks that every part is there. */
    public SegDescription {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(algorithmName, "algorithmName");
        Objects.requireNonNull(algorithmVersion, "algorithmVersion");
        Objects.requireNonNull(deviceSerialNumber, "deviceSerialNumber");
        Objects.requireNonNull(softwareVersion, "softwareVersion");
        Objects.requireNonNull(begun, "begun");
    }

    /** The object. */
    public SopInstance instance() {
        return new SopInstance(kind.sopClassUid(), uid("instance"));
    }

    /** The series that it is in. */
    public String seriesInstanceUid() {
        return uid("series");
    }

    /** How it and the other objects of its job were made. */
    public Making making() {
        return new Making(identity, algorithmName, algorithmVersion, deviceSerialNumber, softwareVersion, begun);
    }

    /** The UID of one part of the object. */
    String uid(String part) {
        return making().uid("seg", kind + "\n" + part);
    }
}
