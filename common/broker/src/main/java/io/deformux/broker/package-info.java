/**
 * A one-node Kafka broker in this JVM, for the all-in-one mode and for tests.
 *
 * <p>Threads: start and close from one thread. May import nothing of deformux.
 */
package io.deformux.broker;
