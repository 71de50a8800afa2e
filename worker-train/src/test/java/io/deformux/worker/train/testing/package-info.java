/** Trainings for the tests of the packages beside this one. */
package io.deformux.worker.train.testing;
