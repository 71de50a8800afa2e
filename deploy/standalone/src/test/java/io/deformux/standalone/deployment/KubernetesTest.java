package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.messaging.cluster.TopicSetup;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code deploy/kubernetes} say what a cluster takes, and agree with each other and with the programs. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("../kubernetes");
    private static final Set<String> PROBED = Set.of("/healthz", "/readyz");

    @Test
    void aFieldThatItsTypeDoesNotHaveIsRefused() {
        assertThatThrownBy(
                        () -> Manifests.read(
                                """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: worker}
                        spec: {replica: 1}
                        """))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("replica");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void selectorsFindTheirPods(String overlay) throws Exception {
        Manifests manifests = overlay(overlay);

        assertThat(manifests.all(Deployment.class)).isNotEmpty().allSatisfy(deployment -> assertThat(labels(deployment))
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels()));
        assertThat(manifests.all(PodDisruptionBudget.class))
                .isNotEmpty()
                .allSatisfy(
                        budget -> assertSelectsOne(manifests, budget.getSpec().getSelector()));
        assertThat(manifests.all(NetworkPolicy.class)).isNotEmpty().allSatisfy(policy -> assertThat(
                        manifests.all(Deployment.class))
                .anySatisfy(deployment -> assertThat(labels(deployment))
                        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels())));
        NetworkPolicy ofAll = manifests.one(NetworkPolicy.class, "deformux");
        assertThat(manifests.all(Deployment.class)).allSatisfy(deployment -> assertThat(labels(deployment))
                .containsAllEntriesOf(ofAll.getSpec().getPodSelector().getMatchLabels()));
        Service monitored = manifests.one(Service.class, "deformux-management");
        assertThat(manifests.all(Deployment.class)).allSatisfy(deployment -> assertThat(labels(deployment))
                .containsAllEntriesOf(monitored.getSpec().getSelector()));
        assertThat(manifests.scaled()).isNotEmpty().allSatisfy(scaled -> assertThat(manifests.one(
                        Deployment.class, scaled.spec().scaleTargetRef().name()))
                .isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void probesAndTheMonitorAskPathsAndPortsThatThereAre(String overlay) throws Exception {
        Manifests manifests = overlay(overlay);

        for (Deployment deployment : manifests.all(Deployment.class).toList()) {
            for (Container container : pod(deployment).getContainers()) {
                Set<String> ports = container.getPorts().stream()
                        .map(ContainerPort::getName)
                        .collect(Collectors.toSet());
                assertThat(List.of(container.getLivenessProbe(), container.getReadinessProbe()))
                        .extracting(Probe::getHttpGet)
                        .allSatisfy(get -> {
                            assertThat(get.getPath()).isIn(PROBED);
                            assertThat(get.getPort().getStrVal()).isIn(ports);
                        });
                assertThat(environment(container, "DEFORMUX_MANAGEMENT_PORT"))
                        .contains(container.getPorts().get(0).getContainerPort().toString());
            }
        }
        Service service = manifests.one(Service.class, "deformux-management");
        ServiceMonitor monitor = manifests.one(ServiceMonitor.class, "deformux");
        assertThat(service.getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(service.getSpec().getPorts().get(0).getName())
                .isEqualTo(monitor.getSpec().getEndpoints().get(0).getPort());
        assertThat(monitor.getSpec().getEndpoints().get(0).getPath()).isEqualTo("/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void aPodIsGivenLongerToEndThanItsJob(String overlay) throws Exception {
        assertThat(overlay(overlay).all(Deployment.class)).allSatisfy(deployment -> {
            Optional<String> grace = environment(pod(deployment).getContainers().get(0), "DEFORMUX_GRACE_SECONDS");
            assertThat(pod(deployment).getTerminationGracePeriodSeconds())
                    .isGreaterThan(grace.map(Long::valueOf).orElse(0L) + 10);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void podsKeepToTheRestrictedStandard(String overlay) throws Exception {
        Manifests manifests = overlay(overlay);

        assertThat(manifests.one(Namespace.class, "deformux").getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(manifests.all(Deployment.class)).allSatisfy(deployment -> {
            PodSpec pod = pod(deployment);
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getLimits()).containsKey("memory");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void whatIsMountedIsThere(String overlay) throws Exception {
        assertThat(overlay(overlay).all(Deployment.class)).allSatisfy(deployment -> {
            PodSpec pod = pod(deployment);
            Set<String> volumes =
                    pod.getVolumes().stream().map(volume -> volume.getName()).collect(Collectors.toSet());
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getVolumeMounts())
                        .extracting(VolumeMount::getName)
                        .containsAll(volumes)
                        .isSubsetOf(volumes);
                assertThat(container.getVolumeMounts())
                        .extracting(VolumeMount::getMountPath)
                        .doesNotHaveDuplicates();
            });
            // What the image writes to.
            assertThat(pod.getContainers().get(0).getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp", "/var/cache/deformux");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void somebodySendsAgainWhatIsToBeReplayed(String overlay) throws Exception {
        Deployment replays = overlay(overlay).one(Deployment.class, "replays");

        assertThat(replays.getSpec().getReplicas()).isEqualTo(1);
        assertThat(pod(replays).getContainers().get(0).getArgs()).containsExactly("dead-letters", "serve");
    }

    @Test
    void aCudaWorkerAsksForAGpuAndUsesIt() throws Exception {
        Manifests manifests = overlay("cuda");

        assertThat(manifests.scaled()).hasSize(2).allSatisfy(scaled -> {
            Deployment deployment = manifests.one(
                    Deployment.class, scaled.spec().scaleTargetRef().name());
            Container container = pod(deployment).getContainers().get(0);
            assertThat(container.getResources().getLimits()).containsEntry("nvidia.com/gpu", new Quantity("1"));
            assertThat(environment(container, "DEFORMUX_DEVICE")).contains("cuda:0");
        });
    }

    @Test
    void workersAreScaledByTheLagOfTopicsThatTheyRead() throws Exception {
        Set<String> known =
                TopicSetup.topics().stream().map(TopicSetup.Topic::name).collect(Collectors.toSet());

        for (ScaledObject scaled : overlay("cpu").scaled()) {
            assertThat(scaled.spec().triggers()).isNotEmpty().allSatisfy(trigger -> {
                assertThat(trigger.metadata()).containsEntry("lagThreshold", "1");
                assertThat(trigger.metadata().get("topic")).isIn(known);
                assertThat(trigger.metadata().get("consumerGroup"))
                        .isEqualTo(
                                scaled.metadata().getName().equals("infer-worker")
                                        ? "deformux-infer"
                                        : "deformux-train-fold");
            });
            assertThat(scaled.spec().maxReplicaCount()).isLessThanOrEqualTo(TopicSetup.JOB_PARTITIONS);
        }
    }

    @Test
    void theTopicsAreThoseThatTheProgramsMake() throws Exception {
        Map<String, TopicSetup.Topic> made =
                TopicSetup.topics().stream().collect(Collectors.toMap(TopicSetup.Topic::name, topic -> topic));
        List<KafkaTopic> topics =
                Manifests.of(FOLDER.resolve("topics")).all(KafkaTopic.class).toList();

        assertThat(topics)
                .extracting(topic -> topic.getMetadata().getName())
                .containsAll(made.keySet())
                .hasSize(made.size() + 1)
                .contains("deformux.feed.position");
        assertThat(topics)
                .filteredOn(topic -> made.containsKey(topic.getMetadata().getName()))
                .allSatisfy(topic -> {
                    TopicSetup.Topic setup = made.get(topic.getMetadata().getName());
                    assertThat(topic.getSpec().getPartitions()).isEqualTo(setup.partitions());
                    setup.request().configs().forEach((key, value) -> assertThat(
                                    String.valueOf(topic.getSpec().getConfig().get(key)))
                            .isEqualTo(value));
                });
    }

    private static Manifests overlay(String name) throws IOException, InterruptedException {
        return Manifests.of(FOLDER.resolve("overlays").resolve(name));
    }

    private static void assertSelectsOne(Manifests manifests, LabelSelector selector) {
        assertThat(manifests.all(Deployment.class))
                .filteredOn(deployment -> labels(deployment)
                        .entrySet()
                        .containsAll(selector.getMatchLabels().entrySet()))
                .hasSize(1);
    }

    private static Map<String, String> labels(Deployment deployment) {
        return deployment.getSpec().getTemplate().getMetadata().getLabels();
    }

    private static PodSpec pod(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec();
    }

    private static Optional<String> environment(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst();
    }
}
