package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.testing.SpoiledLibtorch;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real scans on a libtorch that computes wrong, as machines have it that hide the sizes of their caches: a head CT, as DICOM
 * and as NIfTI, and a training on blocks of it come out as on a healthy machine. Long, so not run by default.
 */
@Tag("real")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyMachineTest {
    private static final Path DATA = Path.of(
                    Optional.ofNullable(System.getenv("DEFORMUX_DATA")).orElse("../../../shared/data"))
            .toAbsolutePath()
            .normalize();
    private static final double ALIKE = 0.9999;
    private static final NiftiReader READER = new NiftiReader(1 << 26);

    @TempDir
    private static Path folder;

    private Map<String, String> faulty;
    private int programs;

    @BeforeAll
    void spoil() throws IOException {
        assumeTrue(Files.isDirectory(DATA.resolve("ct-head")), "no real scan");
        Optional<SpoiledLibtorch> library = SpoiledLibtorch.in(Files.createDirectory(folder.resolve("library")));
        assumeTrue(library.isPresent(), "another libtorch");
        faulty = new HashMap<>(library.orElseThrow().environment());
        faulty.put("DEFORMUX_CACHE", folder.resolve("cache").toString());
    }

    @Test
    void aHeadHasTheLabelsOfAHealthyMachine() throws Exception {
        String model = folder.resolve("model").toString();
        run(
                Map.of(),
                "model",
                "init",
                "--preset",
                "amos",
                "--feature-sizes",
                "8,16,32,64",
                "--hidden",
                "128",
                "--seed",
                "7",
                "--output",
                model);
        LabelMap healthy = segmented(Map.of(), model, "ct-head/ct_head.nii.gz", "--precision", "fp32");

        assertThat(alike(segmented(faulty, model, "ct-head/ct_head.nii.gz"), healthy))
                .isGreaterThanOrEqualTo(ALIKE);
        assertThat(alike(segmented(faulty, model, "ct-head/dicom"), healthy)).isGreaterThanOrEqualTo(ALIKE);
    }

    @Test
    void aTrainingOfFourClassesGivesTheNetworkOfAHealthyMachine() throws Exception {
        Path dataset = fourClasses();
        List<Path> healthy = trained(Map.of(), dataset);
        List<Path> spoiled = trained(faulty, dataset);

        assertThat(healthy).hasSizeGreaterThan(1);
        assertThat(spoiled).hasSameSizeAs(healthy);
        for (int i = 0; i < healthy.size(); i++) {
            assertThat(spoiled.get(i)).hasSameBinaryContentAs(healthy.get(i));
        }
    }

    private LabelMap segmented(Map<String, String> environment, String model, String scan, String... options)
            throws Exception {
        Path output = folder.resolve("out-" + programs);
        run(
                environment,
                Stream.concat(
                                Stream.of(
                                        "segment",
                                        "--input",
                                        DATA.resolve(scan).toString(),
                                        "--model",
                                        model,
                                        "--output",
                                        output.toString()),
                                Stream.of(options))
                        .toArray(String[]::new));
        return READER.readLabels(files(output, "labels.nii.gz").get(0));
    }

    private List<Path> trained(Map<String, String> environment, Path dataset) throws Exception {
        Path output = folder.resolve("training-" + programs);
        run(
                environment,
                "train",
                "--dataset",
                dataset.toString(),
                "--folds",
                "2",
                "--window=-125,275",
                "--feature-sizes",
                "8,16,32,64",
                "--hidden",
                "128",
                "--roi",
                "48,48,48",
                "--iterations",
                "12",
                "--validation-interval",
                "12",
                "--training-id",
                "four",
                "--model",
                "four",
                "--output",
                output.toString());
        return files(output.resolve("models"), ".pt");
    }

    /** The head's blocks with the densest bone as a class of its own. */
    private Path fourClasses() throws IOException {
        Path blocks = DATA.resolve("ct-head-msd");
        Path made = Files.createDirectory(folder.resolve("four"));
        Path labels = Files.createDirectory(made.resolve("labelsTr"));
        Files.createSymbolicLink(made.resolve("imagesTr"), blocks.resolve("imagesTr"));
        for (Path file : files(blocks.resolve("labelsTr"), ".nii.gz")) {
            LabelMap map = READER.readLabels(file);
            Volume image = READER.read(blocks.resolve("imagesTr").resolve(file.getFileName()));
            for (int v = 0; v < map.labels().length; v++) {
                if (map.labels()[v] == 2 && image.voxels()[v] > 900) {
                    map.labels()[v] = 3;
                }
            }
            new NiftiWriter().write(map, labels.resolve(file.getFileName()));
        }
        ObjectMapper json = new ObjectMapper();
        ObjectNode description =
                (ObjectNode) json.readTree(blocks.resolve("dataset.json").toFile());
        description.withObject("/labels").put("3", "dense bone");
        json.writeValue(made.resolve("dataset.json").toFile(), description);
        return made;
    }

    private void run(Map<String, String> environment, String... arguments) throws Exception {
        Path log = folder.resolve("program-" + programs++ + ".log");
        try (ProgramProcess program = ProgramProcess.start(environment, log, arguments)) {
            int exit = program.exitCode();
            assertThat(exit).as(program.printed()).isZero();
        }
    }

    private static List<Path> files(Path below, String end) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    private static double alike(LabelMap actual, LabelMap expected) {
        assertThat(actual.geometry().shape()).isEqualTo(expected.geometry().shape());
        int alike = 0;
        for (int v = 0; v < expected.labels().length; v++) {
            alike += actual.labels()[v] == expected.labels()[v] ? 1 : 0;
        }
        return alike / (double) expected.labels().length;
    }
}
