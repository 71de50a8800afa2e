/**
 * A reference (URI) to local bytes and back, with an allow-list, size limits and SHA-256 digests.
 *
 * <p>Threads: instances are safe to share. Imports only {@code failure}; knows neither formats nor events.
 */
package io.deformux.storage;
