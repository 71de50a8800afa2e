/**
 * What running programs tell of themselves: a room that observes the others through the interfaces that they have for it
 * ({@link io.deformux.messaging.job.JobObserver}, {@link io.deformux.worker.infer.stage.StageObserver}, {@link
 * io.deformux.worker.train.job.TrainingListener}) and that none of them knows. {@link io.deformux.telemetry.Telemetry} puts
 * it together for one program; whatever goes wrong in it, jobs go on.
 *
 * <p>Threads: made on the main thread; observers are called on the threads of those that they observe and only count; HTTP,
 * checks and exports have threads of their own, daemons all. May import {@code telemetry.health}, {@code
 * telemetry.management}, {@code telemetry.metrics}, {@code telemetry.trace}, {@code failure}, {@code messaging.cluster},
 * {@code messaging.job}, {@code node}, {@code pacs}, {@code results.webhook}, {@code schemas}, {@code worker.infer.stage} and {@code worker.train.job}.
 */
package io.deformux.telemetry;
