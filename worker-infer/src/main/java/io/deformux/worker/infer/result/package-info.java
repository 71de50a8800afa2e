/**
 * What a job has computed on its way to storage: where it goes, under which settings it was made, how it is published, and
 * what is kept for another try.
 *
 * <p>Threads: each for one job at a time; what is kept, for all. May import {@code dicom.seg}, {@code dicom.series.stack}, {@code failure}, {@code model},
 * {@code network}, {@code schemas}, {@code storage}, {@code worker.infer.outputs}, {@code worker.infer.probability}, {@code worker.infer.settings} and {@code worker.infer.stage}.
 */
package io.deformux.worker.infer.result;
