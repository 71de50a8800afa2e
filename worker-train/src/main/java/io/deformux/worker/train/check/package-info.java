/**
 * All that can be known about a data set before it is trained, in one report
 * ({@link io.deformux.worker.train.check.DatasetReport}): its listings and every file, looked at as a training looks at them.
 *
 * <p>Threads: the calling thread. May import {@code failure}, {@code volume}, {@code worker.train.dataset} and {@code
 * worker.train.preparation}.
 */
package io.deformux.worker.train.check;
