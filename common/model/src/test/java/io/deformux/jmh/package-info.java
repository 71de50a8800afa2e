/**
 * JMH benchmarks, never run as tests: {@code mvn -q -pl common/model -Pjmh test-compile}, with {@code -Djmh=NAME} for some of
 * them.
 */
package io.deformux.jmh;
