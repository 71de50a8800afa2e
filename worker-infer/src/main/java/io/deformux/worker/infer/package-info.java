/**
 * The inference worker: takes scan-arrived events, segments, stores the outputs, publishes the result.
 *
 * <p>Every job asks the model store for its model, so a version that is published while a worker runs is used by the next
 * job. The worker does not follow {@code model.published}: it would save one listing of a folder per job, and cost a way
 * to be out of step with the store.
 *
 * <p>A job that was done before, on the same input with the same model and settings, is answered from the manifest
 * beside its outputs ({@link io.deformux.worker.infer.result.ResultManifests}), which is the last thing that a job
 * writes. Before each stage, window and file a job asks whether it is still its worker's ({@link
 * io.deformux.worker.infer.stage.JobWatch}).
 *
 * <p>The way of a scan is one direction: model, fetch, read, preprocess, infer, restore, store. Threads: one job at a
 * time per device; the job loop calls the job on its own thread. May import {@code worker.infer.loading}, {@code
 * worker.infer.outputs}, {@code worker.infer.result}, {@code worker.infer.scan}, {@code worker.infer.settings}, {@code worker.infer.probability}, {@code
 * worker.infer.stage}, {@code dicom..}, {@code failure}, {@code inference}, {@code messaging..}, {@code model}, {@code
 * network..}, {@code nifti}, {@code schemas}, {@code storage..}, {@code transform} and {@code volume}.
 */
package io.deformux.worker.infer;
