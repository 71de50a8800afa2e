package io.deformux.results;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.results.web.Page;
import io.deformux.results.webhook.WebhookConfig;
import io.deformux.storage.AccessPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a results page is given.
 *
 * @param kafka the cluster
 * @param address where it listens; port 0: a free one
 * @param mostJobs of jobs, the newest so many are kept
 * @param access where the outputs of results may be read from: its output roots, hosts and buckets that may be read
 * @param scratch where files from elsewhere lie while they are sent
 * @param rights who may do what
 * @param webhook where results are posted to; empty: nowhere
 */
public record ResultsPageConfig(
        KafkaConnection kafka,
        InetSocketAddress address,
        int mostJobs,
        AccessPolicy access,
        Path scratch,
        Page.Rights rights,
        Optional<WebhookConfig> webhook) {}
