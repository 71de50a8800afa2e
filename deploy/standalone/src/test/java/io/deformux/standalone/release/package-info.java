/**
 * What is released: the archive as it is put together, and, with the tag {@code release}, as it is unpacked and run.
 *
 * <p>Threads: one test drives all.
 */
package io.deformux.standalone.release;
