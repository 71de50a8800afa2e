/**
 * What operators have reported, with the inputs that they sent.
 *
 * <p>Threads: one test drives all.
 */
package io.deformux.standalone.cases;
