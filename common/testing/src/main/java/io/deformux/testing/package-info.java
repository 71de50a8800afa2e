/**
 * What the tests of every module share: the assertion on arrays and the rule that all use it, the watch that ends a run
 * which hangs, the list of slow tests. Travels in the test-jar and knows none of the product's packages.
 */
package io.deformux.testing;
