package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.parity.Fixtures;
import io.deformux.standalone.Composed.Mount;
import io.deformux.standalone.Composed.Service;
import io.deformux.standalone.settings.Setting;
import io.deformux.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docker-compose.yml} agrees with the image, and with what {@code docker-compose} and the image's script take. */
class ComposedFilesTest {
    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final Path FILE = ROOT.resolve("docker-compose.yml");
    private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>");
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^EXPOSE (.+)$");
    private static final Pattern CUDA = Pattern.compile("(?m)^    environment: \\{DEFORMUX_DEVICE: \"cuda:0\"}$");
    private static final Pattern GPU =
            Pattern.compile("(?m)^ {14}device_ids: \\[\"\\$\\{(DEFORMUX_GPU_\\d):-(\\d)}\"]$");
    private static final Pattern ANYBODYS = Pattern.compile("mkdir -p ([^&]+) && chmod 1777 ([^&\\n]+)");

    @Test
    void everyImageIsPinned() throws IOException {
        assertThat(Composed.of(FILE).services())
                .allSatisfy((name, service) -> assertThat(service.image()).matches("[a-z0-9./-]+:v?\\d[\\w.+-]*"));
    }

    @Test
    void composeTakesTheFilesWithEveryProfile() throws Exception {
        List<String> compose = Stream.of(List.of("docker-compose"), List.of("docker", "compose"))
                .filter(command -> Programs.installed(command.get(0)))
                .findFirst()
                .orElse(List.of());
        assumeTrue(!compose.isEmpty(), "no docker-compose");

        assertComposeTakes(
                compose,
                "-f",
                "docker-compose.yml",
                "--profile",
                "pacs",
                "--profile",
                "node",
                "--profile",
                "monitoring");
        assertComposeTakes(compose, "-f", "docker-compose.yml", "-f", "deploy/docker-compose.cuda.yml");
    }

    /** What they have mended of a library lies there, and they load it; scans lie there too. */
    @Test
    void volumesOfWorkersAreMountedByNobodyElse() throws IOException {
        Set<String> ofWorkers = new TreeSet<>();
        Set<String> ofOthers = new TreeSet<>();
        services().forEach((name, service) -> service.mounts().values().stream()
                .filter(Mount::isVolume)
                .map(Mount::source)
                .forEach(name.contains("worker") ? ofWorkers::add : ofOthers::add));

        assertThat(ofWorkers).containsExactly("cache", "scratch");
        assertThat(ofOthers).contains("page-scratch").doesNotContainAnyElementsOf(ofWorkers);
    }

    /** Whoever breaks into a program that others call changes no model and no result. */
    @ParameterizedTest
    @CsvSource({
        "dicom-node, DEFORMUX_INCOMING, /data/scans/incoming",
        "results-page, DEFORMUX_UPLOADS, /data/scans/uploads"
    })
    void whoTakesScansWritesToAFolderOfItsOwnAlone(String name, String setting, String folder) throws IOException {
        Service service = services().get(name);

        assertThat(service.environment()).containsEntry(setting, folder);
        assertThat(service.mounts().entrySet())
                .filteredOn(mount ->
                        !mount.getValue().isReadOnly() && !mount.getValue().isVolume())
                .extracting(Map.Entry::getKey)
                .containsExactly(folder);
        assertThat(Files.readString(ROOT.resolve("deploy/compose/prepare"))).contains(folder.replace("/data/", ""));
    }

    /** Off until .env says where the key is, which lies where prepare makes a folder for it. */
    @Test
    void theNodeHasTlsOnceEnvNamesItsFiles() throws IOException {
        Service node = services().get("dicom-node");
        Set<String> settings =
                Setting.of(Deformux.commandLine(Map.of())
                                .getSubcommands()
                                .get("dicom-node")
                                .getCommandSpec())
                        .stream()
                        .map(Setting::variable)
                        .collect(Collectors.toSet());

        assertThat(node.passed())
                .contains("DEFORMUX_TLS_KEY", "DEFORMUX_TLS_PASSWORD", "DEFORMUX_TLS_TRUST", "DEFORMUX_TLS_CALLERS")
                .isSubsetOf(settings);
        assertThat(node.mounts())
                .containsEntry("/run/secrets/dicom-node", new Mount("./deploy/compose/secrets/dicom-node", true));
        for (String text : List.of("docker-compose.yml", "deploy/README.md")) {
            assertThat(Files.readString(ROOT.resolve(text)))
                    .contains("DEFORMUX_TLS_KEY=/run/secrets/dicom-node/key.p12")
                    .contains("DEFORMUX_TLS_PASSWORD=/run/secrets/dicom-node/password")
                    .contains("DEFORMUX_TLS_TRUST=/run/secrets/dicom-node/callers.pem")
                    .contains("DEFORMUX_TLS_CALLERS=any");
        }
    }

    @Test
    void whatIsPublishedIsForThisMachineAloneAndAPortOfTheImage() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("deploy/images/Dockerfile"));
        List<String> exposed = EXPOSED.matcher(dockerfile)
                .results()
                .flatMap(line -> words(line.group(1)).stream())
                .toList();

        assertThat(exposed).contains("9464");
        services()
                .forEach((name, service) -> assertThat(service.ports()).as(name).allSatisfy(port -> {
                    assertThat(port).matches("(\\$\\{[A-Z_]+:-)?127\\.0\\.0\\.1:\\d+}?:\\d+");
                    if (service.isOurs()) {
                        assertThat(exposed).contains(port.replaceFirst(".*:", ""));
                    }
                }));
    }

    /** An engine that is asked for one card of several may give the same one to each. */
    @Test
    void eachWorkerNamesAGpuOfItsOwn() throws IOException {
        String cuda = Files.readString(ROOT.resolve("deploy/docker-compose.cuda.yml"));
        List<MatchResult> named = GPU.matcher(cuda).results().toList();

        assertThat(named).hasSameSizeAs(CUDA.matcher(cuda).results().toList()).hasSize(3);
        assertThat(named).extracting(gpu -> gpu.group(1)).doesNotHaveDuplicates();
        assertThat(named).extracting(gpu -> gpu.group(2)).doesNotHaveDuplicates();
        assertThat(cuda).doesNotContain("count:").doesNotContain("\"auto\"");
    }

    /** A new volume begins with owner and mode of the image's folder, and the services run as whoever has the data. */
    @Test
    void whereAVolumeIsMountedTheImageHasAFolderThatAnybodyMayWriteTo() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("deploy/images/Dockerfile"));
        List<Service> ours =
                services().values().stream().filter(Service::isOurs).toList();

        assertThat(ours).extracting(Service::volumes).anyMatch(volumes -> volumes.contains("/scratch"));
        for (String flavour : List.of("cpu", "cuda")) {
            assertThat(ours).allSatisfy(service -> assertThat(anybodys(dockerfile, flavour))
                    .containsAll(service.volumes()));
        }
    }

    @Test
    void theImageIsTaggedAsItIsAskedFor() throws IOException {
        String version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("-SNAPSHOT", "");
        String cuda = Files.readString(ROOT.resolve("deploy/docker-compose.cuda.yml"));

        assertThat(Files.readString(ROOT.resolve("deploy/images/build")))
                .contains("${tag:-deformux:${version%-SNAPSHOT}-$flavour}");
        assertThat(services().values().stream().filter(Service::isOurs))
                .isNotEmpty()
                .extracting(Service::image)
                .containsOnly("deformux:" + version + "-cpu");
        assertThat(cuda).contains("image: deformux:" + version + "-cuda\n");
        assertThat(kubernetes("cpu")).contains("newTag: " + version + "-cpu\n");
        assertThat(kubernetes("pacs")).contains("newTag: " + version + "-cpu\n");
        assertThat(kubernetes("node")).contains("newTag: " + version + "-cpu\n");
        assertThat(kubernetes("cuda")).contains("newTag: " + version + "-cuda\n");
    }

    private static String kubernetes(String overlay) throws IOException {
        return Files.readString(
                ROOT.resolve("deploy/kubernetes/overlays").resolve(overlay).resolve("kustomization.yaml"));
    }

    private static Map<String, Service> services() throws IOException {
        return Composed.of(FILE).services();
    }

    /** The folders that a stage of the image, or one that it is built on, makes and leaves to anybody. */
    private static List<String> anybodys(String dockerfile, String stage) {
        List<String> folders = new ArrayList<>();
        String wanted = stage;
        List<String> stages = Arrays.asList(dockerfile.split("(?m)^(?=FROM )"));
        for (int n = stages.size() - 1; n > 0; n--) {
            var from = STAGE.matcher(stages.get(n));
            if (from.find() && from.group(2).equals(wanted)) {
                ANYBODYS.matcher(stages.get(n)).results().forEach(run -> {
                    List<String> made = words(run.group(1));
                    words(run.group(2)).stream().filter(made::contains).forEach(folders::add);
                });
                wanted = from.group(1);
            }
        }
        return folders;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static void assertComposeTakes(List<String> compose, String... options) throws Exception {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of(options));
        command.addAll(List.of("config", "--quiet"));
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
