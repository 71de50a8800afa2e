package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.storage.AccessFile;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Origin;
import io.deformux.storage.Use;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bridge's rules ask of workers, the workers' access file beside them allows. */
class ArchiveAccessTest {
    private static final Path ROOT = Fixtures.checkoutRoot();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "deploy/orthanc/rules.json, deploy/access.properties",
        "deploy/compose/rules.json, deploy/compose/access.properties",
        "deploy/kubernetes/overlays/pacs/rules.json, deploy/kubernetes/overlays/pacs/access.properties"
    })
    void workersMayStoreWhereRulesSendWhatIsFound(String rules, String access) throws IOException {
        AccessPolicy policy = policy(Files.readString(ROOT.resolve(access)));
        JsonNode all = new ObjectMapper().readTree(ROOT.resolve(rules).toFile());

        assertThat(all.findValuesAsText("output")).isNotEmpty().allSatisfy(output -> assertThat(
                        mayStore(policy, URI.create(output)))
                .isTrue());
        assertThat(all.findValuesAsText("dicomOutput"))
                .isNotEmpty()
                .allSatisfy(output -> assertThat(may(policy, output, Use.STORE)).isTrue());
    }

    /** It sends results back itself, from the folders that it may read. */
    @Test
    void workersMayStoreWhereANodesRulesSendWhatIsFoundAndTheNodeMayReadIt() throws IOException {
        AccessPolicy workers = policy(Files.readString(ROOT.resolve("deploy/compose/access.properties")));
        AccessPolicy node = policy(Files.readString(ROOT.resolve("deploy/compose/node-access.properties")));
        JsonNode rules = new ObjectMapper()
                .readTree(ROOT.resolve("deploy/compose/node-rules.json").toFile());

        assertThat(rules.findValuesAsText("dicomOutput")).isEmpty();
        assertThat(rules.findValuesAsText("output"))
                .isNotEmpty()
                .map(URI::create)
                .allMatch(output -> mayStore(workers, output))
                .allMatch(output -> mayStore(node, output));
        assertThat(workers.inputRoots()).anyMatch(Path.of("/data/scans/incoming")::startsWith);
    }

    @Test
    void whatIsNotAllowedIsFound() throws IOException {
        AccessPolicy policy = policy("host.a.origin = http://pacs:8042\nhost.a.allow = read\n");

        assertThat(may(policy, "dicomweb://pacs:8042/dicom-web/studies", Use.READ))
                .isTrue();
        assertThat(may(policy, "dicomweb://pacs:8042/dicom-web/studies", Use.STORE))
                .isFalse();
        assertThat(may(policy, "dicomweb://other:8042/dicom-web/studies", Use.READ))
                .isFalse();
    }

    @Test
    void thePageMayReadTheBucketThatWorkersStoreTo() throws IOException {
        AccessPolicy workers = policy(Files.readString(ROOT.resolve("deploy/compose/access.properties")));
        AccessPolicy page = policy(Files.readString(ROOT.resolve("deploy/compose/page-access.properties")));

        assertThat(workers.buckets())
                .filteredOn(bucket -> bucket.uses().contains(Use.STORE))
                .isNotEmpty()
                .allSatisfy(stored -> assertThat(page.buckets()).anySatisfy(read -> assertThat(read)
                        .usingRecursiveComparison()
                        .ignoringFields("uses", "keys")
                        .isEqualTo(stored)));
        assertThat(page.buckets())
                .allSatisfy(bucket -> assertThat(bucket.uses()).containsExactly(Use.READ));
        assertThat(page.outputRoots()).isNotEmpty().allSatisfy(root -> assertThat(workers.outputRoots())
                .contains(root));
    }

    /** The overlay's file takes the place of the base's, and the password that it names is mounted. */
    @ParameterizedTest
    @ValueSource(strings = {"infer-worker", "train-worker"})
    void workersOfTheOverlayReachTheArchiveOfItsBridge(String worker) throws Exception {
        Manifests manifests = Manifests.of(ROOT.resolve("deploy/kubernetes/overlays/pacs"));
        SettingsMap workers = SettingsMap.of(manifests, "deformux-settings");
        Properties bridge = SettingsMap.of(manifests, "pacs-bridge-settings").properties("bridge.properties");
        PodSpec pod =
                manifests.one(Deployment.class, worker).getSpec().getTemplate().getSpec();

        String archive = bridge.getProperty("orthanc").replaceFirst("^http", "dicomweb");
        assertThat(may(policy(workers.file("access.properties")), archive, Use.READ))
                .isTrue();
        Path password = Path.of(workers.properties("access.properties").getProperty("host.pacs.password-file"));
        String volume = pod.getContainers().get(0).getVolumeMounts().stream()
                .filter(mount -> Path.of(mount.getMountPath()).equals(password.getParent()))
                .findFirst()
                .orElseThrow()
                .getName();
        assertThat(pod.getVolumes())
                .filteredOn(mounted -> mounted.getName().equals(volume))
                .singleElement()
                .satisfies(mounted ->
                        assertThat(mounted.getSecret().getSecretName()).isEqualTo("orthanc-credentials"));
    }

    private static boolean may(AccessPolicy policy, String uri, Use use) {
        Origin origin = Origin.of(URI.create(uri.replaceFirst("^dicomweb", "http")));
        return policy.hosts().stream()
                .anyMatch(host -> host.origin().covers(origin) && host.uses().contains(use));
    }

    private static boolean mayStore(AccessPolicy policy, URI output) {
        if (output.getScheme().equals("file")) {
            return policy.outputRoots().stream()
                    .anyMatch(root -> Path.of(output).startsWith(root));
        }
        return policy.buckets().stream()
                .anyMatch(bucket -> bucket.name().equals(output.getAuthority())
                        && output.getPath().substring(1).startsWith(bucket.prefix())
                        && bucket.uses().contains(Use.STORE));
    }

    /** Of such a file, with a secret of this machine in the place of each. */
    private AccessPolicy policy(String access) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a-secret");
        String here = access.replaceAll("(?m)^(\\S+-file) *=.*$", "$1 = " + secret);
        return AccessFile.read(Files.writeString(folder.resolve("access.properties"), here));
    }
}
