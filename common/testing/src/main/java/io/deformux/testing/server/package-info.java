/** A Kafka for the tests of every module; travels in the test-jar. */
package io.deformux.messaging.testing;
