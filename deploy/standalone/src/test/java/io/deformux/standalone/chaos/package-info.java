/**
 * Faults on purpose: a broker and workers in processes of their own are killed, stopped, cut off and fed with nonsense, and
 * what the workers promise is looked at afterwards. {@link io.deformux.standalone.chaos.ChaosTest} is the short form,
 * {@link io.deformux.standalone.chaos.LongChaosTest} and {@link io.deformux.standalone.chaos.SoakTest} have the tag
 * {@code chaos}.
 *
 * <p>Threads: one test drives all; {@link io.deformux.standalone.chaos.KafkaGate} has threads of its own.
 */
package io.deformux.standalone.chaos;
