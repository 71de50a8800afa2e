/**
 * What a support engineer asks for: {@code deformux check}. Each {@link io.deformux.standalone.check.Check} looks at one
 * part of this installation and gives {@link io.deformux.standalone.check.Finding}s; a
 * {@link io.deformux.standalone.check.CheckReport} runs them all and shows them. What the arithmetic can be trusted with
 * comes through {@link io.deformux.standalone.check.ArithmeticProbe}.
 *
 * <p>A check changes nothing, apart from a folder that it makes and deletes to see whether that is possible. What goes
 * wrong in it becomes a finding.
 *
 * <p>Threads: one check after the other, on the calling thread. May import {@code standalone.bench}, {@code failure},
 * {@code model}, {@code network..} and {@code storage}. Kafka lives in {@code cluster} below.
 */
package io.deformux.standalone.check;
