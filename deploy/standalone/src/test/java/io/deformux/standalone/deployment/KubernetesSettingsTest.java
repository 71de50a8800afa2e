package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.Deformux;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every program of the manifests takes the settings that are mounted for it, and finds the files that they name. */
class KubernetesSettingsTest {
    private static final Path OVERLAYS = Path.of("../kubernetes/overlays");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "pacs", "node"})
    void aProgramTakesItsSettingsAndFindsTheirFiles(String overlay) throws Exception {
        Manifests manifests = Manifests.of(OVERLAYS.resolve(overlay));
        List<String> looked = new ArrayList<>();
        for (Deployment deployment : manifests.all(Deployment.class).toList()) {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            Container container = pod.getContainers().get(0);
            for (EnvVar variable : container.getEnv()) {
                if (variable.getName().equals("DEFORMUX_CONFIG")) {
                    Path place = Path.of(variable.getValue());
                    SettingsMap mounted = mounted(manifests, pod, container, place.getParent());
                    String name = place.getFileName().toString();
                    assertTaken(container, mounted.file(name));
                    assertThat(mounted.properties(name).values())
                            .filteredOn(value -> value.toString().startsWith("/etc/deformux/"))
                            .allSatisfy(value -> assertThat(mounted.files())
                                    .containsKey(value.toString().substring("/etc/deformux/".length())));
                    looked.add(container.getArgs().get(0));
                }
            }
        }
        assertThat(looked).contains("infer-worker", "train-worker");
    }

    private void assertTaken(Container container, String settings) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.properties"), settings);
        List<String> command = new ArrayList<>(List.of("config"));
        command.addAll(container.getArgs());
        command.addAll(List.of("--config", file.toString()));
        StringWriter said = new StringWriter();
        CommandLine deformux =
                Deformux.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));

        assertThat(deformux.execute(command.toArray(String[]::new)))
                .as(said.toString())
                .isZero();
    }

    private static SettingsMap mounted(Manifests manifests, PodSpec pod, Container container, Path place) {
        String volume = container.getVolumeMounts().stream()
                .filter(mount -> Path.of(mount.getMountPath()).equals(place))
                .map(VolumeMount::getName)
                .findFirst()
                .orElseThrow();
        String map = pod.getVolumes().stream()
                .filter(one -> one.getName().equals(volume))
                .findFirst()
                .orElseThrow()
                .getConfigMap()
                .getName();
        return SettingsMap.of(manifests, map);
    }
}
