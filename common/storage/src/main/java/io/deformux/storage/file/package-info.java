/**
 * {@code file:} references: files and folders where they lie, archives unpacked into scratch space, and outputs written
 * beside their name first.
 *
 * <p>What an event can reach is what lies in the configured roots; neither {@code ..} nor a symbolic link leads out of
 * them.
 *
 * <p>Threads: safe to share. May import {@code storage}, {@code storage.archive} and {@code failure}.
 */
package io.deformux.storage.file;
