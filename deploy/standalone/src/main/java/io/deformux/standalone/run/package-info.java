/**
 * Workers in this process while a person looks on: {@link io.deformux.standalone.run.RunUntilStopped} for those that serve
 * until Ctrl-C, {@link io.deformux.standalone.run.TrainingRun} for one training and no more, in
 * {@link io.deformux.standalone.run.OwnFolder its own folder}, and the {@link io.deformux.standalone.run.ProgressBar} on
 * {@link io.deformux.standalone.run.StandardError standard error}, if that is a {@link
 * io.deformux.standalone.run.Terminal terminal}.
 *
 * <p>Threads: started and awaited on the calling thread; workers have their own, and a shutdown hook stops them. May
 * import {@code broker}, {@code standalone.check.cluster}, {@code standalone.option}, {@code messaging..}, {@code model}, {@code network..}, {@code schemas},
 * {@code storage..}, {@code telemetry..}, {@code worker.infer}, {@code worker.infer.settings} and {@code
 * worker.train.messaging}.
 */
package io.deformux.standalone.run;
