/**
 * Measurements of this machine: {@code deformux bench}. Each part measures one thing against its baseline within one run
 * and gives {@link io.deformux.standalone.bench.Figure}s, ratios first.
 *
 * <p>Threads: one part at a time, on the calling thread; what is measured uses all cores. May import {@code broker},
 * {@code failure}, {@code inference}, {@code messaging}, {@code messaging.cluster}, {@code messaging.event}, {@code
 * messaging.job}, {@code messaging.record}, {@code model}, {@code network..}, {@code nifti}, {@code schemas}, {@code
 * storage}, {@code transform}, {@code volume}, {@code worker.infer} and {@code worker.infer.settings}.
 */
package io.deformux.standalone.bench;
