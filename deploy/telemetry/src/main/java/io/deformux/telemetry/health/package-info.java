/**
 * Health: whether a program lives, else it is to be started again, and whether it can take work. Answers come in time and
 * name codes, since they are read by machines and by whoever may ask.
 *
 * <p>Threads: a check runs on a thread of its own, one at a time. May import {@code failure}, {@code messaging.cluster}, {@code messaging.job} and {@code
 * network..}.
 */
package io.deformux.telemetry.health;
