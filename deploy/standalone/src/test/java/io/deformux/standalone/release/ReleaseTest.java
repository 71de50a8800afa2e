package io.deformux.standalone.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.standalone.Paper;
import io.deformux.standalone.release.UnpackedRelease.Said;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code mvn -q -Prelease -DskipTests clean verify} makes and looks at. */
@Tag("release")
class ReleaseTest {
    private static final Path CHECKOUT = Fixtures.checkoutRoot();
    private static final Path BUILT = Path.of("deploy/standalone/target");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static UnpackedRelease release;

    @BeforeAll
    static void unpack() throws Exception {
        release = UnpackedRelease.of(archive(CHECKOUT), folder);
    }

    /** Phantoms, a training by message, a published model, a new scan and its Dice. */
    @Test
    @Timeout(1800)
    void theDemoRunsWithOnlyJava() throws Exception {
        Said demo = release.run("demo");

        assertThat(demo.exitCode()).as(demo.text() + demo.errors()).isZero();
        assertThat(demo.text()).contains("Dice");
        assertThat(demo.errors()).doesNotContain("building");
    }

    @Test
    void itsVersionNamesTheCommit() throws Exception {
        String commit = git("rev-parse", "HEAD");
        String name = release.root().getFileName().toString();

        String said = release.run("--version").text().strip();

        assertThat(said)
                .matches(name.replace('-', ' ').replaceFirst(" SNAPSHOT", "-SNAPSHOT") + " \\(commit [0-9a-f]{7,}\\)");
        assertThat(commit).startsWith(said.replaceAll(".*commit ([0-9a-f]+)\\)", "$1"));
    }

    /** By name and digest: what somebody finds in the folder is what the bill says. */
    @Test
    void theBillOfMaterialsHasEachJarAndEachPackageOfThePage() throws Exception {
        Map<String, String> billed = new TreeMap<>();
        for (JsonNode component : bill().path("components")) {
            String purl = component.path("purl").asText();
            if (purl.startsWith("pkg:maven/")) {
                billed.put(jar(component), hash(component, "SHA-256"));
            }
        }
        Map<String, String> there = new TreeMap<>();
        for (Path jar : jars()) {
            there.put(jar.getFileName().toString(), sha256(jar));
        }
        JsonNode itself = bill().at("/metadata/component");
        there.remove(jar(itself));

        assertThat(billed).containsExactlyEntriesOf(there);
        assertThat(purls("pkg:npm/"))
                .contains("niivue", "fflate", "gl-matrix", "nifti-reader-js")
                .containsExactlyInAnyOrderElementsOf(
                        PageParts.of(CHECKOUT.resolve("deploy/results-page/src/viewer/package-lock.json"))
                                .packages()
                                .stream()
                                .map(part -> part.name().replaceFirst(".*/", ""))
                                .toList());
    }

    @Test
    void theLicenceOfEachPartIsListedAndThatOfTheViewerComesWithIt() throws Exception {
        String licences = Files.readString(release.root().resolve("THIRD-PARTY.txt"));

        assertThat(bill().path("components")).hasSizeGreaterThan(50).allSatisfy(component -> {
            String name = component.path("name").asText();
            boolean ours = component.path("group").asText().equals("io.deformux");
            assertThat(licences.contains(
                                    ":" + name + ":" + component.path("version").asText())
                            || licences.contains(
                                    "/" + name + ":" + component.path("version").asText()))
                    .as(name)
                    .isEqualTo(!ours);
        });
        assertThat(licences.lines().filter(line -> line.startsWith("     ")))
                .allMatch(line -> line.matches(" +\\([^)]+.*"))
                .noneMatch(line -> line.contains("Unknown license"));
        try (ZipFile page = new ZipFile(jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("deformux-results-page-"))
                .findFirst()
                .orElseThrow()
                .toFile())) {
            String site = "io/deformux/results/web/site/";
            assertThat(page.getEntry(site + "niivue.js")).isNotNull();
            assertThat(new String(page.getInputStream(page.getEntry(site + "viewer-licences.txt"))
                            .readAllBytes()))
                    .contains("NiiVue", "fflate", "nifti-reader-js");
        }
    }

    @Test
    void everyLinkOfItsPagesLeadsToAFile() throws Exception {
        try (Stream<Path> files = Files.walk(release.root())) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".md")).toList();
            assertThat(pages).hasSizeGreaterThan(4);
            for (Path page : pages) {
                String place = release.root().relativize(page).toString();
                assertThat(ArchiveLinks.of(place, Paper.read(page)))
                        .as(place)
                        .allMatch(link -> Files.isRegularFile(release.root().resolve(link)));
            }
        }
    }

    @Test
    void itsCompletionIsOfItsCommands() throws Exception {
        Path script = release.root().resolve("share/bash-completion/completions/deformux");

        assertThat(script).content().isEqualTo(release.run("completion").text());
        Said bash = UnpackedRelease.said(
                new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p deformux"));
        assertThat(bash.text()).contains("complete", "deformux");
    }

    /** At another path, at another time, in another time zone and with other rights of new files. */
    @Test
    @Timeout(1800)
    void anotherBuildOfTheCommitIsTheSame() throws Exception {
        assertThat(git("status", "--porcelain"))
                .as("commit first: only what is committed is built again")
                .isEmpty();
        Path clone = folder.resolve("elsewhere/another clone");
        Files.createDirectories(clone.getParent());
        git("clone", "-q", CHECKOUT.toString(), clone.toString());
        git("-C", clone.toString(), "checkout", "-q", git("rev-parse", "HEAD"));
        ProcessBuilder maven =
                new ProcessBuilder("bash", "-c", "umask 077 && exec mvn -q -B -Prelease -DskipTests clean package");
        maven.environment().put("TZ", "Asia/Tokyo");
        Said said = UnpackedRelease.said(maven.directory(clone.toFile()));

        assertThat(said.exitCode()).as(said.text() + said.errors()).isZero();
        assertThat(sha256(archive(clone))).isEqualTo(sha256(archive(CHECKOUT)));
    }

    private static Path archive(Path checkout) throws IOException {
        try (Stream<Path> built = Files.list(checkout.resolve(BUILT))) {
            List<Path> archives = built.filter(
                            file -> file.getFileName().toString().matches("deformux-.*\\.tar\\.gz"))
                    .toList();
            assertThat(archives).as("run it by -Prelease").hasSize(1);
            return archives.get(0);
        }
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(release.root().resolve("lib"))) {
            return jars.toList();
        }
    }

    private static JsonNode bill() throws IOException {
        return JSON.readTree(release.root().resolve("sbom.json").toFile());
    }

    private static Set<String> purls(String kind) throws IOException {
        Set<String> names = bill().path("components").findValuesAsText("purl").stream()
                .filter(purl -> purl.startsWith(kind))
                .map(purl -> purl.replaceFirst(".*/([^/]+)@.*", "$1"))
                .collect(Collectors.toSet());
        return names;
    }

    private static String jar(JsonNode component) {
        String classifier = component.path("purl").asText().contains("classifier=")
                ? component.path("purl").asText().replaceFirst(".*classifier=([^&]+).*", "-$1")
                : "";
        return component.path("name").asText() + "-" + component.path("version").asText() + classifier + ".jar";
    }

    private static String hash(JsonNode component, String algorithm) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals(algorithm)) {
                return hash.path("content").asText();
            }
        }
        throw new AssertionError("no " + algorithm + " of " + component.path("name"));
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String git(String... arguments) throws Exception {
        ProcessBuilder git = new ProcessBuilder(
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
        Said said = UnpackedRelease.said(git.directory(CHECKOUT.toFile()));
        assertThat(said.exitCode()).as(said.text() + said.errors()).isZero();
        return said.text().strip();
    }
}
