/**
 * A model package on disk (weights archive and {@code model.json}) and the store that finds one by name and version.
 *
 * <p>Threads: packages are immutable, stores are safe to share. Imports {@code network} and
 * {@code transform} (their configuration records), {@code storage} and {@code failure}.
 */
package io.deformux.model;
