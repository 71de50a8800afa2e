/**
 * Random numbers that are the same on every machine and start anywhere: seeds make a training repeatable, resuming
 * included.
 *
 * <p>Threads: a stream belongs to one thread. May import nothing of deformux.
 */
package io.deformux.worker.train.random;
