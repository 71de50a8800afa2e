/**
 * The inference worker: takes scan-arrived events, segments, stores the outputs, publishes the result.
 *
 * <p>The way of a scan is one direction: fetch, read, preprocess, infer, restore, store. Threads: one job at a time per
 * device; the job loop calls the job on its own thread. May import all of {@code common}; nothing in {@code common}
 * imports it.
 */
package io.deformux.worker.infer;
