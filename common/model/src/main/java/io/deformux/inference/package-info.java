/**
 * The sliding window over a network: which windows ({@link io.deformux.inference.WindowPlan}), how they blend
 * ({@link io.deformux.inference.Blending}), and the run that gives the blended logits plane by plane in bounded memory
 * ({@link io.deformux.inference.SlidingWindow}).
 *
 * <p>Threads: one run belongs to one thread. May import {@code network..}, {@code volume} and {@code failure}; knows
 * windows and blending, not files or events.
 */
package io.deformux.inference;
