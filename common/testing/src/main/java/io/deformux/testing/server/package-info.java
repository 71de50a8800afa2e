/**
 * What tests talk to: a Kafka, a web server that answers as told, an Orthanc where one is installed.
 *
 * <p>Threads: a server belongs to the test that started it; the Kafka is shared by all of one run. May import
 * {@code broker}.
 */
package io.deformux.testing.server;
