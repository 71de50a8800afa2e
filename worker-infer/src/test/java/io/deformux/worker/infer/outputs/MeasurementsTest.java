package io.deformux.worker.infer.outputs;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.schemas.EventCodec;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.outputs.Measurements.Features;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {
    private static final JobWatch WATCH = JobWatch.of((done, total) -> {});

    @TempDir
    private Path folder;

    private final Geometry grid = Results.grid();
    private final byte[] labels = new byte[24];
    private final float[] values = new float[24];

    private void voxel(int i, int j, int k, int label, float value) {
        Shape3 shape = grid.shape();
        labels[shape.index(i, j, k)] = (byte) label;
        values[shape.index(i, j, k)] = value;
    }

    private JsonNode written() throws IOException {
        Path file = folder.resolve("measurements.json");
        new MeasurementsOutput()
                .write(Results.of(new Volume(grid, values), Optional.empty(), new LabelMap(grid, labels)), file, WATCH);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(schema().validate(json)).isEmpty();
        return json;
    }

    @Test
    void warningsStandBesideTheNumbers() throws IOException {
        voxel(0, 0, 0, 1, 10);
        JsonNode warning = written().get("warnings").get(0);
        assertThat(warning.get("code").asText()).isEqualTo("SLICES_RESAMPLED");
        assertThat(warning.get("message").asText()).isEqualTo("of 2 mm");
    }

    /** The schema of the contract, and those it refers to, from the jar. */
    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(MeasurementsTest::contractFile))
                .getSchema(SchemaLocation.of("https://deformux.io/schemas/measurements.v1.json"));
    }

    private static String contractFile(String id) {
        try (InputStream in = EventCodec.class.getResourceAsStream(id.substring(id.lastIndexOf('/') + 1))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void numbersPerLabel() throws IOException {
        voxel(1, 1, 0, 1, 10);
        voxel(2, 1, 0, 1, 20);
        voxel(2, 1, 1, 1, 60);

        JsonNode one = written().get("labels").get(0);

        assertThat(one.get("value").asInt()).isEqualTo(1);
        assertThat(one.get("name").asText()).isEqualTo("one");
        assertThat(one.get("voxels").asLong()).isEqualTo(3);
        assertThat(one.get("volumeMl").asDouble()).isEqualTo(3 * 30 / 1000.0, within(1e-12));
        // Mean index (5/3, 1, 1/3).
        assertThat(numbers(one.at("/extent/centroidMm")))
                .usingElementComparator(MeasurementsTest::nearly)
                .containsExactly(10 - 2 * 5 / 3.0, 23.0, 30 + 5 / 3.0);
        assertThat(numbers(one.at("/extent/firstVoxel"))).containsExactly(1.0, 1.0, 0.0);
        assertThat(numbers(one.at("/extent/lastVoxel"))).containsExactly(2.0, 1.0, 1.0);
        // i runs to the left, so its highest index has the lowest x; half a voxel more on each side.
        assertThat(numbers(one.at("/extent/lowestMm"))).containsExactly(5.0, 21.5, 27.5);
        assertThat(numbers(one.at("/extent/highestMm"))).containsExactly(9.0, 24.5, 37.5);
        assertThat(one.at("/intensity/mean").asDouble()).isEqualTo(30, within(1e-12));
        // ((20)² + (10)² + (30)²) / 3
        assertThat(one.at("/intensity/standardDeviation").asDouble()).isEqualTo(Math.sqrt(1400 / 3.0), within(1e-9));
        assertThat(one.get("touchesBorder").asBoolean()).isTrue();
    }

    @Test
    void aLabelThatIsNotThereHasNoPlace() throws IOException {
        voxel(1, 1, 0, 2, 10);

        JsonNode json = written();

        assertThat(json.get("labels")).hasSize(3);
        JsonNode none = json.get("labels").get(2);
        assertThat(none.get("voxels").asLong()).isZero();
        assertThat(none.get("touchesBorder").asBoolean()).isFalse();
        assertThat(none.has("extent")).isFalse();
        assertThat(none.has("intensity")).isFalse();
    }

    @Test
    void valuesThatAreNoNumbersAreLeftOut() throws IOException {
        voxel(1, 1, 0, 1, Float.NaN);
        voxel(2, 1, 0, 1, 7);
        voxel(1, 1, 1, 2, Float.POSITIVE_INFINITY);

        JsonNode json = written();

        assertThat(json.at("/labels/0/voxels").asLong()).isEqualTo(2);
        assertThat(json.at("/labels/0/intensity/mean").asDouble()).isEqualTo(7);
        assertThat(json.at("/labels/0/intensity/standardDeviation").asDouble()).isZero();
        assertThat(json.get("labels").get(1).has("intensity")).isFalse();
    }

    @Test
    void onlyAVoxelAtTheEdgeTouchesTheBorder() {
        Geometry wide = new Geometry(new Shape3(5, 5, 5), grid.affine());
        for (int at = 0; at < 125; at++) {
            byte[] one = new byte[125];
            one[at] = 1;
            int i = at / 25;
            int j = at / 5 % 5;
            int k = at % 5;
            boolean edge = List.of(i, j, k).stream().anyMatch(n -> n == 0 || n == 4);

            LabelStatistics statistics = LabelStatistics.of(one, new Volume(wide, new float[125]))[1];

            assertThat(statistics.touches(wide.shape())).as("%d %d %d", i, j, k).isEqualTo(edge);
        }
    }

    @Test
    void theSameResultGivesTheSameBytes() throws IOException {
        voxel(1, 1, 0, 1, 0.1f);
        voxel(2, 1, 0, 1, 0.7f);
        written();
        byte[] first = Files.readAllBytes(folder.resolve("measurements.json"));
        written();

        assertThatArray(Files.readAllBytes(folder.resolve("measurements.json"))).isEqualTo(first);
    }

    @Test
    void aLabelThatIsTooLargeToBeDescribedIsSaid() {
        voxel(0, 0, 0, 1, 0);
        voxel(1, 0, 0, 1, 5000);
        voxel(0, 1, 0, 2, 7);
        SegmentedScan fine = Results.described(new Volume(grid, values), new LabelMap(grid, labels), "width:5");
        SegmentedScan finer = Results.described(new Volume(grid, values), new LabelMap(grid, labels), "width:4.8");

        assertThat(new MeasurementsOutput().fitting(fine)).isEqualTo(fine);
        SegmentedScan fitting = new MeasurementsOutput().fitting(finer);
        assertThat(warning(fitting, WarningCode.RADIOMICS_LEFT_OUT))
                .contains("one (its values", "1024 grey levels")
                .doesNotContain("two");
        assertThat(Features.of(fine, 1)).isPresent();
        assertThat(Features.of(fitting, 1)).isEmpty();
        assertThat(Features.of(fitting, 2)).isPresent();
    }

    @Test
    void aLabelThatDoesNotFitIntoTheHeapIsNotDescribedAndThatIsSaid() {
        voxel(0, 0, 0, 1, 0);
        voxel(3, 2, 1, 1, 5);
        voxel(0, 1, 0, 2, 7);
        SegmentedScan all = Results.described(new Volume(grid, values), new LabelMap(grid, labels), "width:5");
        long[] wanted = new long[1];
        SegmentedScan fitting = new MeasurementsOutput(bytes -> {
                    long before = wanted[0];
                    wanted[0] = bytes;
                    return before == 0 ? bytes - 1 : bytes;
                })
                .fitting(all);

        assertThat(warning(fitting, WarningCode.RADIOMICS_LACK_HEAP))
                .contains("one (it takes", "Java's heap")
                .doesNotContain("two");
        assertThat(warning(fitting, WarningCode.RADIOMICS_LEFT_OUT)).isEmpty();
        assertThat(Features.of(fitting, 1)).isEmpty();
        assertThat(Features.of(fitting, 2)).isPresent();
    }

    private static String warning(SegmentedScan result, WarningCode code) {
        return result.warnings().stream()
                .filter(warning -> warning.code() == code)
                .map(Warning::message)
                .collect(Collectors.joining("\n"));
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }

    private static int nearly(double a, double b) {
        return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
    }
}
