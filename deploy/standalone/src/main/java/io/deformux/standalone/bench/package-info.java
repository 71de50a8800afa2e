/**
 * Measurements of this machine: {@code deformux bench}. Each part measures one thing against its baseline within one run
 * and gives {@link io.deformux.standalone.bench.Figure}s, ratios first.
 *
 * <p>Threads: one part at a time, on the calling thread; what is measured uses all cores. May import everything that the
 * command line may.
 */
package io.deformux.standalone.bench;
