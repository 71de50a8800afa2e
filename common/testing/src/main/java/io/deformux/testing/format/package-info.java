/**
 * Makers of files for tests, byte by byte from the formats' own documents, so that a reader is not tested by what the
 * product's writer believes.
 *
 * <p>Threads: a file under construction belongs to one thread. May import nothing of deformux.
 */
package io.deformux.testing.format;
