package io.deformux.schemas;

import java.util.List;

/**
 * Files of an input that are no part of the volume, for one reason.
 *
 * @param reason why not, as {@code not-dicom} or {@code localizer}
 * @param count how many files or frames
 * @param files the places of the first of them in name order, from 1; the names of files are not told
 * @param instances the SOP Instance UIDs of the first of those that have one
 */
public record PassedOverFiles(String reason, int count, List<Integer> files, List<String> instances) {
    /** Files; the lists are copied. */
    public PassedOverFiles {
        files = List.copyOf(files);
        instances = List.copyOf(instances);
    }
}
