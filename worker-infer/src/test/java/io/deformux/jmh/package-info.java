/**
 * JMH benchmarks, never run as tests: {@code mvn -q -pl worker-infer -Pjmh test-compile}, with {@code -Djmh=NAME} for some of
 * them.
 */
package io.deformux.jmh;
