package io.deformux.standalone.check.cluster;

import io.deformux.standalone.check.Finding;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.common.Node;
import org.apache.kafka.server.common.MetadataVersion;

/** Whether the cluster answers, and what it is. */
final class BrokersLook {
    private static final MetadataVersion OLDEST = MetadataVersion.IBP_3_9_IV0;

    private final Admin admin;
    private final Answers answers;

    BrokersLook(Admin admin, Answers answers) {
        this.admin = admin;
        this.answers = answers;
    }

    /** @throws RefusedException if the cluster cannot be reached; there is nothing more to look at then */
    List<Finding> look() throws RefusedException {
        DescribeClusterResult cluster = admin.describeCluster();
        String id = answers.get(cluster.clusterId());
        Collection<Node> nodes = answers.get(cluster.nodes());
        String brokers = nodes.stream()
                .map(node -> node.host() + ":" + node.port())
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of(
                Finding.ok(ClusterCheck.SECTION, "reachable", "cluster " + id),
                Finding.ok(ClusterCheck.SECTION, "brokers", nodes.size() + ": " + brokers),
                version());
    }

    /** Brokers do not tell their version, but the newest metadata version that they know. */
    private Finding version() {
        String name = "broker version";
        try {
            FeatureMetadata features = answers.get(admin.describeFeatures().featureMetadata());
            SupportedVersionRange known = features.supportedFeatures().get(MetadataVersion.FEATURE_NAME);
            if (known == null || known.maxVersion() < OLDEST.featureLevel()) {
                return Finding.warn(
                        ClusterCheck.SECTION,
                        name,
                        "older than " + OLDEST.shortVersion(),
                        "use brokers " + OLDEST.shortVersion() + " or later; older ones were not tried");
            }
            return Finding.ok(ClusterCheck.SECTION, name, version(known.maxVersion()));
        } catch (RefusedException e) {
            return Finding.warn(ClusterCheck.SECTION, name, "not visible: " + e.getMessage(), e.advice());
        }
    }

    private static String version(short level) {
        return level > MetadataVersion.latestProduction().featureLevel()
                ? "newer than " + MetadataVersion.latestProduction().shortVersion()
                : MetadataVersion.fromFeatureLevel(level).shortVersion();
    }
}
