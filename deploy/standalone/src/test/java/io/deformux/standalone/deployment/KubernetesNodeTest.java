package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.node.Peer;
import io.deformux.node.PeerList;
import io.deformux.storage.AccessFile;
import io.deformux.storage.AccessPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DICOM node of the manifests is reached by its peers alone, and has no more than it needs. */
class KubernetesNodeTest {
    private static final int NODE_PORT = 11_112;

    @TempDir
    Path folder;

    private Manifests manifests;
    private SettingsMap settings;
    private Properties node;
    private PodSpec pod;

    @BeforeEach
    void build() throws Exception {
        manifests = Manifests.of(Path.of("../kubernetes/overlays/node"));
        settings = SettingsMap.of(manifests, "dicom-node-settings");
        node = settings.properties("node.properties");
        pod = manifests
                .one(Deployment.class, "dicom-node")
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    @Test
    void itsServiceLeadsToWhereItListensAndLeavesCallersTheirAddress() {
        Service service = manifests.one(Service.class, "dicom-node");
        ContainerPort dicom = container().getPorts().stream()
                .filter(port -> port.getName()
                        .equals(service.getSpec()
                                .getPorts()
                                .get(0)
                                .getTargetPort()
                                .getStrVal()))
                .findFirst()
                .orElseThrow();

        assertThat(dicom.getContainerPort()).isEqualTo(NODE_PORT);
        assertThat(node).doesNotContainKey("dicom-port");
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(manifests
                        .one(Deployment.class, "dicom-node")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
    }

    /** Two nodes in one folder would each refuse the other. */
    @Test
    void thereIsOneAndTheOldOneEndsBeforeTheNewOneStarts() {
        Deployment deployment = manifests.one(Deployment.class, "dicom-node");

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void theNetworkLetsItsPeersInAndResultsOut() throws Exception {
        NetworkPolicy policy = manifests.one(NetworkPolicy.class, "dicom-node");
        PeerList peers = peers();
        Peer back = peers.taker(node.getProperty("return-to")).orElseThrow();

        assertThat(policy.getSpec().getIngress()).singleElement().satisfies(in -> {
            assertThat(in.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("dicom"));
            assertThat(peers.peers())
                    .allSatisfy(peer -> assertThat(in.getFrom()).anyMatch(from -> covers(from, peer.host())));
        });
        assertThat(policy.getSpec().getEgress()).singleElement().satisfies(out -> {
            assertThat(out.getTo()).singleElement().matches(to -> covers(to, back.host()));
            assertThat(out.getPorts()).singleElement().satisfies(port -> assertThat(
                            port.getPort().getIntVal())
                    .isEqualTo(back.port().orElseThrow()));
        });
        assertThat(covers(policy.getSpec().getIngress().get(0).getFrom().get(0), "198.51.100.1"))
                .isFalse();
    }

    @Test
    void itWritesToItsOwnFolderAndItsSecretsAreFiles() {
        assertThat(container().getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(VolumeMount::getMountPath)
                .containsExactlyInAnyOrder(node.getProperty("incoming"), "/tmp", "/var/cache/deformux");
        for (String secret : List.of("tls-key", "tls-password")) {
            Path place = Path.of(node.getProperty(secret)).getParent();
            VolumeMount mount = container().getVolumeMounts().stream()
                    .filter(one -> Path.of(one.getMountPath()).equals(place))
                    .findFirst()
                    .orElseThrow();
            assertThat(pod.getVolumes())
                    .filteredOn(volume -> volume.getName().equals(mount.getName()))
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getSecret().getSecretName()).isEqualTo("dicom-node-tls"));
        }
    }

    /** Of one share, at the same places. */
    @Test
    void workersReadWhatItCollectsAndItReadsWhatTheyStore() throws Exception {
        AccessPolicy workers = access(SettingsMap.of(manifests, "deformux-settings"));
        AccessPolicy own = access(settings);
        JsonNode rules = new ObjectMapper().readTree(settings.file("rules.json"));

        assertThat(workers.inputRoots())
                .anyMatch(root -> Path.of(node.getProperty("incoming")).startsWith(root));
        assertThat(rules.findValuesAsText("output")).isNotEmpty().allSatisfy(output -> {
            Path place = Path.of(URI.create(output));
            assertThat(workers.outputRoots()).anyMatch(place::startsWith);
            assertThat(own.outputRoots()).anyMatch(place::startsWith);
        });
        assertThat(container().getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("data"))
                .allSatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/data/" + mount.getSubPath()));
    }

    private Container container() {
        return pod.getContainers().get(0);
    }

    private PeerList peers() throws IOException {
        return PeerList.read(Files.writeString(folder.resolve("peers.json"), settings.file("peers.json")));
    }

    private AccessPolicy access(SettingsMap map) throws IOException {
        return AccessFile.read(Files.writeString(folder.resolve("access.properties"), map.file("access.properties")));
    }

    private static boolean covers(NetworkPolicyPeer peer, String host) {
        String[] block = peer.getIpBlock().getCidr().split("/");
        int ignored = Integer.SIZE - Integer.parseInt(block[1]);
        return bits(block[0]) >>> ignored == bits(host) >>> ignored;
    }

    private static long bits(String address) {
        try {
            return Integer.toUnsignedLong(
                    ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
