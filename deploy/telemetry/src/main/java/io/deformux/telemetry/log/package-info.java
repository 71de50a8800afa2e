/**
 * The log's form, for people or for machines. The one package that knows Logback.
 *
 * <p>Threads: for the main thread, before the program begins. May import nothing of the project.
 */
package io.deformux.telemetry.log;
