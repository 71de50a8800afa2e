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

    /** Fewer characters of a name say nothing. */
    private static final int LEAST_NAME = 12;

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

    /**
     * Name and version of the algorithm, for people. Where that is too long the name is cut, so that two versions do not look
     * alike; where next to nothing would be left of it, the words are left out.
     *
     * @param words what stands before them
     * @param most characters in all
     */
    String algorithm(String words, int most) {
        String whole = words + " " + algorithmName + " " + algorithmVersion;
        if (whole.length() <= most) {
            return whole;
        }
        int room = most - words.length() - algorithmVersion.length() - 2;
        String rest = room < LEAST_NAME ? "" : words + " ";
        int name = Math.min(algorithmName.length(), most - rest.length() - algorithmVersion.length() - 1);
        return name < 1 ? algorithmVersion : rest + algorithmName.substring(0, name) + " " + algorithmVersion;
    }
}
