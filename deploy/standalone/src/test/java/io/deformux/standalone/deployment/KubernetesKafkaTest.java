package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests say in one place where Kafka is, and all that needs to know it looks there. */
class KubernetesKafkaTest {
    private static final Path FOLDER = Path.of("../kubernetes");
    private static final String VARIABLE = "DEFORMUX_BOOTSTRAP_SERVERS";

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void programsAndScalersTakeTheAddressFromOnePlace(String overlay) throws Exception {
        Manifests manifests = Manifests.of(FOLDER.resolve("overlays").resolve(overlay));
        List<String> holders = manifests
                .all(ConfigMap.class)
                .filter(map -> map.getData().containsKey(VARIABLE))
                .map(map -> map.getMetadata().getName())
                .toList();

        assertThat(holders).hasSize(1);
        assertThat(manifests.all(Deployment.class)).hasSizeGreaterThan(2).allSatisfy(deployment -> {
            Container container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
            assertThat(container.getEnvFrom().stream()
                            .map(EnvFromSource::getConfigMapRef)
                            .filter(map -> map != null)
                            .map(map -> map.getName()))
                    .containsExactlyElementsOf(holders);
        });
        assertThat(manifests.scaled())
                .allSatisfy(scaled -> assertThat(scaled.spec().triggers())
                        .allSatisfy(trigger -> assertThat(trigger.metadata())
                                .containsEntry("bootstrapServersFromEnv", VARIABLE)
                                .doesNotContainKey("bootstrapServers")));
    }

    @Test
    void noOtherFileHasAnAddressOfKafka() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                boolean isThePlace = file.endsWith("base/kafka.env");
                assertThat(Files.readString(file).matches("(?s).*[\\w.-]+:909\\d.*"))
                        .as(file.toString())
                        .isEqualTo(isThePlace);
            }
        }
    }

    /** Strimzi calls a cluster's service by the cluster's name. */
    @Test
    void theAddressIsOfTheClusterWhoseTopicsTheseAreAndTheNetworkLeadsThere() throws Exception {
        Manifests manifests = Manifests.of(FOLDER.resolve("overlays/cpu"));
        KafkaTopic topic = Manifests.of(FOLDER.resolve("topics"))
                .all(KafkaTopic.class)
                .findFirst()
                .orElseThrow();
        String cluster = topic.getMetadata().getLabels().get("strimzi.io/cluster");
        String namespace = topic.getMetadata().getNamespace();
        String address = manifests
                .all(ConfigMap.class)
                .map(map -> map.getData().getOrDefault(VARIABLE, ""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(address).startsWith(cluster + "-kafka-bootstrap." + namespace + ":");
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        assertThat(manifests.all(NetworkPolicy.class).flatMap(policy -> policy.getSpec().getEgress().stream()))
                .anySatisfy(
                        egress -> assertThat(leadsTo(egress, namespace, port)).isTrue());
    }

    @Test
    void onAClusterWithUsersEachTriggerSignsIn(@TempDir Path site) throws Exception {
        Kubectl.assumeItHasComponents();
        Path kubernetes = FOLDER.toAbsolutePath().normalize();
        // kubectl takes no absolute paths.
        Path from = site.toRealPath();
        Files.writeString(
                from.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s]
                components: [%s]
                """
                        .formatted(
                                from.relativize(kubernetes.resolve("overlays/pacs")),
                                from.relativize(kubernetes.resolve("components/secured"))));

        Manifests manifests = Manifests.of(from);

        assertThat(manifests.authentications()).singleElement().satisfies(one -> {
            assertThat(one.spec().secretTargetRef())
                    .extracting(TriggerAuthentication.Key::parameter)
                    .containsExactly("sasl", "username", "password", "tls", "ca");
            assertThat(manifests.scaled()).hasSize(2).allSatisfy(scaled -> {
                assertThat(scaled.metadata().getNamespace())
                        .isEqualTo(one.metadata().getNamespace());
                assertThat(scaled.spec().triggers()).allSatisfy(trigger -> assertThat(
                                trigger.authenticationRef().name())
                        .isEqualTo(one.metadata().getName()));
            });
        });
    }

    private static boolean leadsTo(NetworkPolicyEgressRule egress, String namespace, int port) {
        return egress.getTo().stream()
                        .map(peer -> peer.getNamespaceSelector().getMatchLabels())
                        .anyMatch(
                                labels -> labels != null && namespace.equals(labels.get("kubernetes.io/metadata.name")))
                && egress.getPorts().stream()
                        .anyMatch(open -> open.getPort().getIntVal().equals(port));
    }
}
