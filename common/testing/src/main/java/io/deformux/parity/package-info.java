/**
 * Parity with the reference: every case of a fixture folder as a dynamic test (JUnit tag {@code parity}), and the
 * readers for that folder. The folder is named by the environment variable {@code DEFORMUX_FIXTURES}.
 */
package io.deformux.parity;
