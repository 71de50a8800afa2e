package io.deformux.dicom.derived;

import io.deformux.dicom.data.NamedUid;
import java.time.Instant;
import java.util.Objects;

/**
 * How the objects of one job were made.
 *
 * @param identity decides their UIDs: the same identity gives the same ones
 * @param algorithmName the model's name
 * @param algorithmVersion the model's version
 * @param deviceSerialNumber which algorithm exactly, as its digest
 * @param softwareVersion the version of this software
 * @param begun when their job first began, which is their date: a repeated job has to give the same bytes
 */
public record Making(
        String identity,
        String algorithmName,
        String algorithmVersion,
        String deviceSerialNumber,
        String softwareVersion,
        Instant begun) {

    /** Checks that every part is there. */
    public Making {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(algorithmName, "algorithmName");
        Objects.requireNonNull(algorithmVersion, "algorithmVersion");
        Objects.requireNonNull(deviceSerialNumber, "deviceSerialNumber");
        Objects.requireNonNull(softwareVersion, "softwareVersion");
        Objects.requireNonNull(begun, "begun");
    }

    /** The UID of one part of an object of that kind. */
    public String uid(String kind, String part) {
        return NamedUid.of(kind + "\n" + identity + "\n" + part);
    }

    /** Name and version of the algorithm, for people. */
    public String algorithm() {
        return algorithmName + " " + algorithmVersion;
    }
}
