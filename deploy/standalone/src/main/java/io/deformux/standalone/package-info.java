/**
 * The {@code deformux} command line and the all-in-one mode: broker, workers and client in one JVM. Here is only the way
 * in, {@link io.deformux.standalone.Deformux}; the commands are in {@code command}, what may be written after them in
 * {@code option}, and how a file and the environment join in is in {@code settings}.
 *
 * <p>Threads: each command runs on the main thread and closes what it started. May import {@code standalone.command},
 * {@code standalone.option}, {@code standalone.run}, {@code standalone.settings}, {@code failure} and {@code schemas};
 * nothing imports it.
 */
package io.deformux.standalone;
