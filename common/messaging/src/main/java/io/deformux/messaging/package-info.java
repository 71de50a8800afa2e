/**
 * Jobs from Kafka: taken one at a time, each with exactly one outcome, whatever happens to workers and brokers.
 *
 * <p>{@link io.deformux.messaging.JobLoop} takes a record from a job topic and hands its event to a
 * {@link io.deformux.messaging.job.JobHandler}. The records of the outcome and the group's step past the job are one Kafka
 * transaction: readers with {@code isolation.level=read_committed} see one outcome per job record, or none yet. The work
 * itself may be done more than once, after its worker was lost; so its outputs are overwritten, and events derive their
 * ids from what they say: a result that is the same repeats its id, another one under the same key has another.
 *
 * <h2>What becomes of a job</h2>
 *
 * <table>
 * <caption>Outcomes</caption>
 * <tr><th>what happens</th><th>result topic</th><th>dead letter</th></tr>
 * <tr><td>the handler returns events</td><td>these events</td><td>none</td></tr>
 * <tr><td>it fails with a code of the class {@code BAD_JOB}</td><td>a failed event, at once</td><td>the job</td></tr>
 * <tr><td>{@code PASSING}, as anything that is no {@code JobException} ({@code INTERNAL})</td><td>put off, and tried
 * again after a growing wait; after the last attempt a failed event with the last code</td><td>then the job</td></tr>
 * <tr><td>{@code ENVIRONMENT}</td><td>none: the worker waits with the job in hand, looks again after growing waits and
 * says so in its log and {@link io.deformux.messaging.job.LoopHealth}; that start is not counted. Each cause has
 * looks of its own. After some patience the job is put off, for waits that grow too, and the next one may try; when it has
 * waited for too long in all, a failed event</td><td>then the job</td></tr>
 * <tr><td>{@code RESOURCE}</td><td>tried once more at once, alone and {@link
 * io.deformux.messaging.job.JobContext#degraded() degraded}; then a failed event</td><td>then the job</td></tr>
 * <tr><td>each time, its worker dies or loses it, or an attempt fails with {@code DEVICE_FAILED}, after which its
 * loop ends ({@link io.deformux.messaging.job.LastResort#deviceLost()})</td><td>taken over by another worker; after the last crash a failed
 * event with {@code ATTEMPTS_EXHAUSTED}</td><td>the job</td></tr>
 * <tr><td>the record cannot be read, is no event, breaks its schema, is too large, or asks for nothing on this topic</td>
 * <td>none</td>
 * <td>a copy with an {@code EVENT_} code</td></tr>
 * <tr><td>the worker is stopped and the grace time ends</td><td>none</td><td>none: given back, and not counted as an
 * attempt</td></tr>
 * </table>
 *
 * <p>Starts are counted over all workers: before each, the worker commits the job's own offset with the metadata {@code
 * starts=N}, so a job that kills the process is not started for ever. {@link io.deformux.messaging.job.Attempts} has
 * the numbers and waits.
 *
 * <p>A job that is put off goes to {@code deformux.retry}, an urgent one to {@code deformux.retry.urgent}, in one transaction with the step past it: the record as it
 * came, with due time, starts and its first coordinates in {@link io.deformux.schemas.RetryHeaders}. Its group reads that
 * topic beside the job topic and passes over what is other groups'. Others go first meanwhile, so jobs keep their order
 * only until one is put off, also those of one key; of two that wait on one partition the later one may wait for the
 * earlier, the longest wait at most. It waits on a partition of the worker that put it off, if that has one, since this
 * worker may have kept what was done. A dead letter has the key, value and
 * headers of the record, and those of {@link io.deformux.schemas.DeadLetterHeaders}; what makes it larger than Kafka
 * takes is left out (value, then headers, then key) and named in a header.
 *
 * <p>Whatever reading a record throws makes it a dead letter. What Kafka refuses is a {@link
 * io.deformux.messaging.cluster.Refusal}: it is tried again while the polling goes on, at a steady pace if it can pass
 * by itself, else ever more rarely, and said once with what somebody has to change. A member whose group it refuses sends no
 * heartbeats any more: its job is given back, new clients take it again, and that start is not counted where this worker
 * gets the job ({@link io.deformux.messaging.member.UncountedStarts}). Records that the broker's disk has damaged are passed
 * over, as far as they reach ({@link io.deformux.messaging.damage.DamagedRecords}), and are one dead letter.
 *
 * <h2>Who has a job</h2>
 *
 * The worker that owns the partition, in a classic consumer group. While a job runs, the partitions are paused and the
 * polling goes on. Workers that join get a share of the partitions, but never the one whose job is running. A worker
 * that is silent for the session timeout loses its job; Kafka then refuses its result, and the job is cancelled when
 * the worker notices. A worker that is cut off from Kafka does not wait for that: by its own clock ({@link
 * io.deformux.messaging.member.Lease}) its job waits at the next {@link
 * io.deformux.messaging.job.JobContext#requireOwned} before the session ends at the broker, and goes on if the job
 * turns out to be its own still. Jobs of one partition are done one after the other, so a topic has more partitions
 * than workers.
 *
 * <p>A {@link io.deformux.messaging.job.PreparingHandler} has the first part of the next job done while one runs: one job at
 * most, from another partition, never started before, and only behind a job on its first attempt. Its start is counted
 * before its first part begins. If the process dies, each of the two has lost one attempt, and neither has company again.
 *
 * <p>Where a loop has a topic of urgent jobs, these go before all that have not begun, also before one that is
 * prepared: that one is taken again later. After four of them in a row a job of the other topics goes, if one waits. A
 * job that runs is not interrupted, and an urgent one that was put off goes first again once it is due.
 *
 * <p>A job beyond {@link io.deformux.messaging.job.JobLimits} or whose end was asked for ({@code deformux.job.cancel}) is
 * cancelled and fails. If it does not notice, its outcome is published all the same and the loop ends.
 *
 * <h2>Where to read it</h2>
 *
 * {@link io.deformux.messaging.JobSteps}: the steps of one job (take, attempt, publish). {@link
 * io.deformux.messaging.JobSession}: one job after the other. {@link io.deformux.messaging.JobWorker}: a loop on a thread.
 * {@link io.deformux.messaging.LoggedJob}: which job a line of the log is about. {@code messaging.job}: what a worker has to say. {@code messaging.member}: whose a job is.
 *
 * <p>Threads: a loop owns its Kafka clients and runs on one thread; jobs run on another, always the same, and first parts
 * on a third. Each names its job in the logging context, as {@code job}, and its trace, as {@code trace}: a job that
 * comes with a {@link io.deformux.messaging.record.TraceContext} hands it on to what is published of it. Whoever counts
 * and traces jobs is a {@link io.deformux.messaging.job.JobObserver}. May import {@code messaging.cluster}, {@code
 * messaging.damage}, {@code messaging.job}, {@code messaging.member}, {@code messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging;
