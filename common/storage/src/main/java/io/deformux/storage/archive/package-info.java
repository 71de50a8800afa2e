/**
 * Archives of a series (zip, tar.gz), unpacked within limits.
 *
 * <p>An archive is known by its content and not by its name. Files are numbered in one folder and keep of their names what
 * is harmless, so no entry decides where anything is written; links, devices, names that lead outside and names that come twice are refused all the same,
 * since a series that holds them was not packed by anyone who means well. Archives inside are files like any other.
 *
 * <p>Threads: stateless entry point, the rest belongs to one job. May import {@code storage} and {@code failure}.
 */
package io.deformux.storage.archive;
