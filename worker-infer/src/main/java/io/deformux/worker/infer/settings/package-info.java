/**
 * What whoever starts a worker decides: where the network runs and how, what a job may use and stores.
 *
 * <p>Threads: everything here is immutable and safe to share. May import {@code dicom.seg}, {@code dicom.series.stack},
 * {@code network}, {@code schemas} and {@code worker.infer.outputs}.
 */
package io.deformux.worker.infer.settings;
