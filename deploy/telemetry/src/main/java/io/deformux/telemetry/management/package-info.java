/**
 * The port at which metrics and health are asked for, by the JDK's HTTP server.
 *
 * <p>Threads: its own, daemons. May import {@code telemetry.health}.
 */
package io.deformux.telemetry.management;
