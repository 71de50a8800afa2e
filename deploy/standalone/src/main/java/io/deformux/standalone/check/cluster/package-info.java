/**
 * The part of {@code deformux check} that looks at a Kafka cluster: brokers, topics, rights and groups, from the view of
 * a {@link io.deformux.standalone.check.cluster.WorkerRole}. All of it together ends within
 * {@link io.deformux.standalone.check.cluster.ClusterCheck#LIMIT}.
 *
 * <p>It joins no group, opens no transaction and creates no topic; asking for a group's or a transaction's coordinator
 * makes Kafka create the internal topics of these, as a first worker would.
 *
 * <p>Threads: the calling thread. The only package of the command line that knows Kafka's clients. May import {@code
 * standalone.check}, {@code messaging.cluster}, {@code schemas}, {@code telemetry.metrics}, and the names of {@code worker.train.messaging} and
 * {@code worker.train.plan}.
 */
package io.deformux.standalone.check.cluster;
