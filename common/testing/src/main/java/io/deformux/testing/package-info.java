/**
 * What the tests of every module share: the assertion on arrays and the rule that all use it, the watch that ends a run
 * which hangs, the list of slow tests.
 *
 * <p>Threads: assertions belong to the calling thread, listeners are called by any. May import nothing of deformux.
 */
package io.deformux.testing;
