/**
 * The {@code deformux} command line and the all-in-one mode: broker, workers and client in one JVM.
 *
 * <p>Threads: each command runs on the main thread and closes what it started. May import everything; nothing imports
 * it.
 */
package io.deformux.standalone;
