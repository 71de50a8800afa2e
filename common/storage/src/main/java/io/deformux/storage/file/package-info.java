/**
 * {@code file:} references: files and folders where they lie, archives unpacked into scratch space, and outputs written
 * beside their name first.
 *
 * <p>What an event can reach is what lies in the configured roots; neither {@code ..} nor a symbolic link leads out of
 * them.
 *
 * <p>A root that is missing, or another disk than at the start, is no job's fault: {@code INPUT_ROOT_MISSING} or
 * {@code OUTPUT_ROOT_MISSING}, see {@link io.deformux.storage.RootFolder}.
 *
 * <p>Threads: safe to share. May import {@code storage}, {@code storage.archive} and {@code failure}.
 */
package io.deformux.storage.file;
