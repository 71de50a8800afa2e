/**
 * The sliding window over a network: which windows ({@link io.deformux.inference.WindowPlan}), how they blend
 * ({@link io.deformux.inference.Blending}), and the runs that give blended planes one by one in bounded memory: {@link
 * io.deformux.inference.SlidingWindow} beside any predictor, {@link io.deformux.inference.DeviceSlidingWindow} in the memory of
 * the networks' device.
 *
 * <p>Threads: one run belongs to one thread. May import {@code network..}, {@code transform} (how outputs become
 * labels), {@code volume} and {@code failure}; knows windows and blending, not files or events.
 */
package io.deformux.inference;
