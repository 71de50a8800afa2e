/**
 * Archives of a series or of another scan (zip, tar, tar.gz, tar.xz) and compressed DICOM files, unpacked within limits.
 *
 * <p>An archive is known by its content and not by its name. Files keep their names below one folder, written in letters
 * that every file system takes, so that readers find what they would find in a folder. Links, devices, names that lead
 * outside and names that come twice are refused all the same, since a series that holds them was not packed by anyone who
 * means well. Archives inside are files like any other.
 *
 * <p>Threads: stateless entry points, the rest belongs to one job. May import {@code storage} and {@code failure}.
 */
package io.deformux.storage.archive;
