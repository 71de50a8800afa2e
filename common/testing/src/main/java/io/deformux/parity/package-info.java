/**
 * Parity with the reference: the readers of the fixture folder, which the environment variable {@code DEFORMUX_FIXTURES}
 * names, and the count of the cases. The tests (JUnit tag {@code parity}, every case a dynamic test) are in this package
 * of the module that they test, those across modules in {@code common/model}.
 *
 * <p>Threads: values do not change once read. May import {@code testing}.
 */
package io.deformux.parity;
