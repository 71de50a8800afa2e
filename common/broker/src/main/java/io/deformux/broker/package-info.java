/**
 * A one-node Kafka broker in this JVM, for the all-in-one mode and for tests.
 *
 * <p>Needs the optional Kafka server artifacts on the class path. Threads: start and close from one thread. Imports
 * only {@code failure}.
 */
package io.deformux.broker;
