/**
 * A worker as a member of its consumer group: which jobs it has taken, how often they were started, and until when they are
 * its own.
 *
 * <p>{@link io.deformux.messaging.member.JobConsumer} is all that the loop sees of the group. Behind it, {@code Membership}
 * is the one client, {@code JobQueue} says which job is next, {@code OpenPartitions} from where is fetched, {@code HeldJobs}
 * which jobs are here, and {@code Handover} what happens when their partitions go. What the group knows of a job beyond its
 * offset is a {@link io.deformux.messaging.member.StartCount}, kept by the {@link
 * io.deformux.messaging.member.StartLedger}; what the worker knows, a {@link io.deformux.messaging.member.TakenJob}.
 *
 * <p>Threads: all for the loop's thread, but that the job's asks the {@link io.deformux.messaging.member.Lease}, and a first
 * part ({@link io.deformux.messaging.member.NextJob}) runs on a thread of its own. May import {@code messaging.cluster},
 * {@code messaging.damage}, {@code messaging.job}, {@code messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.member;
