package io.deformux.model;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static io.deformux.model.Samples.json;
import static io.deformux.model.Samples.refused;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.uxnet.UxNet;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.LabelRegion;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.WholeScore;
import io.deformux.transform.ZScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final ModelId ID = new ModelId("abdomen", "1.0.0");
    private static final ModelManifest MANIFEST = Samples.manifest(
            ID,
            List.of(
                    new Member("fold-0.pt", SHA256, OptionalInt.of(0)),
                    new Member("all.pt", SHA256, OptionalInt.empty())));

    @Test
    void whatIsWrittenReadsBackTheSame() {
        ModelManifest read = ManifestJson.read(ManifestJson.write(MANIFEST));

        assertThat(read).isEqualTo(MANIFEST);
        assertThat(read.digest()).isEqualTo(MANIFEST.digest());
        assertThatArray(ManifestJson.write(read)).isEqualTo(ManifestJson.write(MANIFEST));
    }

    @Test
    void theFormIsTheDocumentedOne() throws IOException {
        ObjectNode written = tree();
        written.remove("provenance");

        assertThat(written)
                .isEqualTo(json(
                        """
                {'formatVersion': 1, 'name': 'abdomen', 'version': '1.0.0',
                 'preprocessing': {'preset': 'custom', 'spacing': [1.5, 1.25, 2.0], 'window': {'lo': -125.0, 'hi': 275.0}},
                 'labels': [{'value': 0, 'name': 'background'}, {'value': 1, 'name': 'organ'}],
                 'network': {'inChannels': 1, 'outChannels': 2, 'featureSizes': [8, 16, 32, 64], 'depths': [2, 2, 2, 2],
                             'hidden': 128, 'offsetKernel': 3},
                 'inference': {'roi': [48, 32, 64], 'overlap': 0.25, 'blending': 'constant'},
                 'precision': 'fp32',
                 'members': [{'file': 'fold-0.pt', 'sha256': '%1$s', 'fold': 0}, {'file': 'all.pt', 'sha256': '%1$s'}]}"""
                                .formatted(SHA256)));
    }

    private static ModelManifest ofAnotherArchitecture(List<Integer> roi) {
        return new ModelManifest(
                MANIFEST.id(),
                MANIFEST.preset(),
                UxNet.ARCHITECTURE.configured(1, 2, NetworkSettings.NONE.with("kernel", 21)),
                new WindowDefaults(roi, 0.25, "constant"),
                MANIFEST.precision(),
                MANIFEST.members(),
                MANIFEST.provenance());
    }

    @Test
    void anotherArchitectureHasTheNewestFormatWithEverySettingWrittenOut() throws IOException {
        ModelManifest manifest = ofAnotherArchitecture(List.of(32, 32, 48));
        byte[] written = ManifestJson.write(manifest);
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(written);

        assertThat(tree.get("formatVersion").intValue()).isEqualTo(3);
        assertThat(tree.has("network")).isFalse();
        assertThat(tree.get("architecture"))
                .isEqualTo(
                        json("{'name': 'ux-net', 'settings': {'featureSizes': [48, 96, 192, 384], 'depths': [2, 2, 2,"
                                + " 2], 'hidden': 768, 'kernel': 21}}"));
        assertThat(ManifestJson.read(written)).isEqualTo(manifest);

        ((ObjectNode) tree.at("/architecture/settings")).put("hidden", 0);
        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("hidden must be 1 to");
        ((ObjectNode) tree.at("/architecture/settings")).remove("hidden");
        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("/architecture/settings/hidden is missing");
        ((ObjectNode) tree.at("/architecture")).put("name", "v-net");
        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("no such architecture, only");
    }

    @Test
    void deformUxNetIsReadFromTheNewestFormatToo() throws IOException {
        ObjectNode tree = tree();
        ObjectNode settings = ((ObjectNode) tree.remove("network")).without(List.of("inChannels", "outChannels"));
        tree.put("formatVersion", 3)
                .put("inChannels", 1)
                .putObject("architecture")
                .put("name", "deform-uxnet")
                .set("settings", settings);

        assertThat(read(tree)).isEqualTo(MANIFEST);
    }

    @Test
    void aWindowThatTheNetworkDoesNotTakeIsRefused() {
        refused(MODEL_INVALID, () -> ofAnotherArchitecture(List.of(32, 32, 40)))
                .hasMessageContaining("multiples of 16, not 32x32x40");
    }

    static Stream<Arguments> otherIntensities() {
        return Stream.of(
                Arguments.of(new ZScore(), "{'method': 'z-score'}"),
                Arguments.of(new WholeScore(), "{'method': 'z-score-with-zeros'}"),
                Arguments.of(new Percentiles(0.5, 99.5), "{'method': 'percentiles', 'low': 0.5, 'high': 99.5}"));
    }

    @ParameterizedTest
    @MethodSource("otherIntensities")
    void whatIsScaledOtherwiseThanByAWindowHasTheNewerFormat(Intensity intensity, String form) throws IOException {
        ModelManifest manifest = new ModelManifest(
                MANIFEST.id(),
                MANIFEST.preset().withIntensity(intensity),
                MANIFEST.network(),
                MANIFEST.window(),
                MANIFEST.precision(),
                MANIFEST.members(),
                MANIFEST.provenance());
        byte[] written = ManifestJson.write(manifest);
        JsonNode tree = new ObjectMapper().readTree(written);

        assertThat(tree.get("formatVersion").intValue()).isEqualTo(2);
        assertThat(tree.get("preprocessing").get("intensity")).isEqualTo(json(form));
        assertThat(tree.get("preprocessing").has("window")).isFalse();
        assertThat(ManifestJson.read(written)).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'method': 'median'}",
                "{'method': 'z-score', 'low': 1}",
                "{'method': 'percentiles', 'low': 5}",
                "{'method': 'percentiles', 'low': 99, 'high': 1}",
                "{'method': 'percentiles', 'low': 1, 'high': 101}"
            })
    void anIntensityThatIsNotKnownIsRefused(String intensity) throws IOException {
        ObjectNode tree = tree();
        tree.put("formatVersion", 2);
        ObjectNode preprocessing = (ObjectNode) tree.get("preprocessing");
        preprocessing.remove("window");
        preprocessing.set("intensity", json(intensity));

        refused(MODEL_INVALID, () -> ManifestJson.read(tree.toString().getBytes(UTF_8)));
    }

    @Test
    void aWindowAndAnIntensityAreNotMixed() throws IOException {
        ObjectNode tree = tree();
        ((ObjectNode) tree.get("preprocessing")).set("intensity", json("{'method': 'z-score'}"));

        refused(MODEL_INVALID, () -> ManifestJson.read(tree.toString().getBytes(UTF_8)));
    }

    @Test
    void theDigestCoversTheContentAndNotTheLayout() throws IOException {
        ObjectNode reordered = new ObjectMapper().createObjectNode();
        ObjectNode tree = tree();
        for (String name : List.of(
                "provenance",
                "members",
                "precision",
                "inference",
                "network",
                "labels",
                "preprocessing",
                "version",
                "name",
                "formatVersion")) {
            reordered.set(name, tree.get(name));
        }
        reordered.set(
                "provenance", json("{'note': null, 'dice': [0.91, 1e-7], 'dataset': {'cases': 3, 'sha256': 'ab'}}"));
        assertThat(read(reordered).digest()).isEqualTo(MANIFEST.digest());

        ObjectNode otherWeights = tree();
        ((ObjectNode) otherWeights.at("/members/1")).put("sha256", "f".repeat(64));
        assertThat(read(otherWeights).digest()).isNotEqualTo(MANIFEST.digest());
    }

    @Test
    void theProvenanceOfAManifestCannotBeChanged() {
        MANIFEST.provenance().put("dice", 1);

        assertThat(MANIFEST.provenance().get("dice").isArray()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {'formatVersion': 7}                           | /formatVersion
            {'formatVersion': '1'}                         | /formatVersion
            {'name': 'Abdomen'}                            | name must be
            {'name': '../../etc'}                          | name must be
            {'name': ''}                                   | name must be
            {'name': 7}                                    | /name must be a string
            {'version': '..'}                              | version must be
            {'surprise': 1}                                | /surprise is not a field
            {'labels': {}}                                 | /labels must be an array
            {'labels': []}                                 | classes
            {'labels': [{'value': 0, 'name': 'x'}]}        | 1 labels but the network has 2 output channels
            {'labels': [{'value': 0, 'name': 'x'}, {'value': 2, 'name': 'y'}]} | /labels/1/value must be 1: labels are listed in the order of their values
            {'labels': [{'value': 0, 'name': 'x'}, {'value': 1, 'name': 'x'}]} | same name
            {'labels': [{'value': 0, 'name': 'x'}, {'value': 1, 'name': ' '}]} | label name
            {'labels': [{'value': 0, 'name': 'x'}, {'value': 1}]} | /labels/1/name is missing
            {'preprocessing': {'preset': 'x', 'spacing': [1, 1], 'window': {'lo': 0, 'hi': 1}}} | spacing
            {'preprocessing': {'preset': 'x', 'spacing': [1, 1, 0], 'window': {'lo': 0, 'hi': 1}}} | spacing
            {'preprocessing': {'preset': 'x', 'spacing': [1, 1, 1000], 'window': {'lo': 0, 'hi': 1}}} | spacing
            {'preprocessing': {'preset': 'x', 'spacing': [1, 1, '1'], 'window': {'lo': 0, 'hi': 1}}} | /preprocessing/spacing/2 must be a finite number
            {'preprocessing': {'preset': 'x', 'spacing': [], 'window': {'lo': 1, 'hi': 1}}} | window
            {'preprocessing': {'preset': 'x', 'spacing': [], 'window': {'lo': 0, 'hi': 1e9}}} | window
            {'preprocessing': {'preset': 'x', 'spacing': [], 'window': {'lo': 0, 'hi': 1e999}}} | /preprocessing/window/hi must be a finite number
            {'preprocessing': {'preset': 'a/b', 'spacing': [], 'window': {'lo': 0, 'hi': 1}}} | preset
            {'network': 7}                                 | /network must be an object
            {'network': {'inChannels': 2, 'outChannels': 2, 'featureSizes': [8, 8, 8, 8], 'depths': [2, 2, 2, 2], 'hidden': 8, 'offsetKernel': 3}} | 2 input channels
            {'network': {'inChannels': 1, 'outChannels': 2, 'featureSizes': [8, 8, 8], 'depths': [2, 2, 2, 2], 'hidden': 8, 'offsetKernel': 3}} | featureSizes
            {'network': {'inChannels': 1, 'outChannels': 2, 'featureSizes': [8, 8, 8, 8], 'depths': [2, 2, 2, 0], 'hidden': 8, 'offsetKernel': 3}} | depths
            {'network': {'inChannels': 1, 'outChannels': 2, 'featureSizes': [8, 8, 8, 8], 'depths': [2, 2, 2, 2], 'hidden': 99999999999, 'offsetKernel': 3}} | /network/hidden must be an integer
            {'network': {'inChannels': 1, 'outChannels': 2, 'featureSizes': [8, 8, 8, 8], 'depths': [2, 2, 2, 2], 'hidden': 8, 'offsetKernel': 2}} | offsetKernel
            {'inference': {'roi': [96, 96], 'overlap': 0, 'blending': 'constant'}} | roi
            {'inference': {'roi': [96, 96, 90], 'overlap': 0, 'blending': 'constant'}} | multiples of 16
            {'inference': {'roi': [16, 16, 16], 'overlap': 0, 'blending': 'constant'}} | 16x16x16
            {'inference': {'roi': [2147483632, 2147483632, 2147483632], 'overlap': 0, 'blending': 'constant'}} | voxels
            {'inference': {'roi': [96, 96, 96], 'overlap': 1, 'blending': 'constant'}} | overlap
            {'inference': {'roi': [96, 96, 96], 'overlap': -0.1, 'blending': 'constant'}} | overlap
            {'inference': {'roi': [96, 96, 96], 'overlap': 0, 'blending': 'linear'}} | blending
            {'precision': 'fp16'}                          | /precision
            {'members': []}                                | members
            {'members': [{'file': '../x.pt', 'sha256': ''}]} | file must be
            {'members': [{'file': 'model.json', 'sha256': ''}]} | model.json
            {'members': [{'file': 'x.pt', 'sha256': 'abc'}]} | sha256
            {'provenance': []}                             | /provenance must be an object
            """)
    void whatIsWrongIsNamed(String change, String said) throws IOException {
        ObjectNode tree = tree();
        tree.setAll(json(change));

        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "formatVersion",
                "name",
                "version",
                "preprocessing",
                "labels",
                "network",
                "inference",
                "precision",
                "members",
                "provenance"
            })
    void everyFieldIsNeeded(String field) throws IOException {
        ObjectNode tree = tree();
        tree.remove(field);

        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("/" + field);
    }

    @ParameterizedTest
    @CsvSource({
        "fold-0.pt,1,two members have the file",
        "other.pt,0,two members have the same fold",
        "other.pt,-1,a fold must be 0 to 99"
    })
    void membersAreDistinct(String file, int fold, String said) throws IOException {
        ObjectNode tree = tree();
        ((ObjectNode) tree.at("/members/1")).put("file", file).put("fold", fold);

        refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{} {}", "{'a': 1, 'a': 2}", "{'a': NaN}", "\u0000", "\uFEFF"})
    void whatIsNotOneJsonObjectIsRefused(String text) {
        refused(MODEL_INVALID, () -> ManifestJson.read(text.replace('\'', '"').getBytes(UTF_8)));
    }

    @Test
    void deepAndHugeManifestsAreRefused() {
        refused(MODEL_INVALID, () -> ManifestJson.read("[".repeat(100_000).getBytes(UTF_8)));
        refused(MODEL_INVALID, () -> ManifestJson.read(new byte[ManifestJson.MOST_BYTES + 1]))
                .hasMessageContaining("larger");
    }

    private static ObjectNode tree() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(ManifestJson.write(MANIFEST));
    }

    private static ModelManifest read(ObjectNode tree) throws IOException {
        return ManifestJson.read(new ObjectMapper().writeValueAsBytes(tree));
    }

    @Test
    void regionsAreReadAsTheyWereWritten() throws IOException {
        for (int channels = 1; channels <= 2; channels++) {
            List<ImageChannel> images = channels == 1
                    ? Samples.PRESET.channels()
                    : List.of(new ImageChannel("T1", new ZScore()), new ImageChannel("T2", new ZScore()));
            Preset preset = new Preset(
                    "tumour",
                    List.of(),
                    images,
                    List.of("background", "tumour (rest)", "core"),
                    List.of(new LabelRegion("tumour", 1, List.of(1, 2)), new LabelRegion("core", 2, List.of(2))));
            ModelManifest one = Samples.manifest(
                    new ModelId("m", "1"), List.of(new Member("m.pt", "ab".repeat(32), OptionalInt.empty())));
            ModelManifest regions = new ModelManifest(
                    one.id(),
                    preset,
                    new DeformUxNetConfig(channels, 2, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                    one.window(),
                    one.precision(),
                    one.members(),
                    one.provenance());

            JsonNode tree = new ObjectMapper().readTree(ManifestJson.write(regions));

            assertThat(tree.get("formatVersion").intValue()).isEqualTo(5);
            assertThat(tree.get("regions"))
                    .isEqualTo(new ObjectMapper()
                            .readTree("[{\"name\": \"tumour\", \"value\": 1, \"labels\": [1, 2]},"
                                    + " {\"name\": \"core\", \"value\": 2, \"labels\": [2]}]"));
            assertThat(ManifestJson.read(ManifestJson.write(regions))).isEqualTo(regions);
        }
    }

    @Test
    void otherAxesAreReadAsTheyWereWrittenWithRegionsAndChannelsAndWithout() throws IOException {
        List<ImageChannel> several =
                List.of(new ImageChannel("T1", new ZScore()), new ImageChannel("T2", new ZScore()));
        for (List<ImageChannel> channels : List.of(Samples.PRESET.channels(), several)) {
            for (List<LabelRegion> regions : List.of(
                    List.<LabelRegion>of(),
                    List.of(new LabelRegion("all", 2, List.of(1, 2)), new LabelRegion("core", 1, List.of(1))))) {
                Preset preset = new Preset(
                        "own",
                        List.of(1.0, 1.0, 3.0),
                        channels,
                        List.of("background", "core", "all (rest)"),
                        regions,
                        NetworkAxes.of("LPS"));
                ModelManifest one = Samples.manifest(
                        new ModelId("m", "1"), List.of(new Member("m.pt", "ab".repeat(32), OptionalInt.empty())));
                ModelManifest written = new ModelManifest(
                        one.id(),
                        preset,
                        new DeformUxNetConfig(
                                channels.size(), preset.outputs(), List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                        one.window(),
                        one.precision(),
                        one.members(),
                        one.provenance());
                ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(ManifestJson.write(written));

                assertThat(tree.get("formatVersion").intValue()).isEqualTo(6);
                assertThat(tree.at("/preprocessing/axes").textValue()).isEqualTo("LPS");
                assertThat(read(tree)).isEqualTo(written);
                tree.withObject("/preprocessing").put("axes", "LPX");
                refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("the axes must be stored");
                tree.withObject("/preprocessing").remove("axes");
                refused(MODEL_INVALID, () -> read(tree)).hasMessageContaining("/preprocessing/axes");
                tree.withObject("/preprocessing").put("axes", "LPS");
                tree.put("formatVersion", 5);
                refused(MODEL_INVALID, () -> read(tree));
            }
        }
    }

    @Test
    void severalChannelsAreReadAsTheyWereWritten() {
        Preset preset = Samples.PRESET.withChannels(List.of(
                new ImageChannel("CT", Samples.PRESET.intensity()),
                new ImageChannel("T1", new ZScore()),
                new ImageChannel("T2", new Percentiles(1, 99))));
        ModelManifest several = ofChannels(preset, 3);
        assertThat(several.formatVersion()).isEqualTo(4);
        String json = new String(ManifestJson.write(several), StandardCharsets.UTF_8);
        assertThat(json).contains("\"T1\"").contains("\"inChannels\" : 3");
        assertThat(ManifestJson.read(ManifestJson.write(several))).isEqualTo(several);
        byte[] both = json.replaceFirst(
                        "\"name\" : \"T1\",", "\"name\" : \"T1\", \"window\" : {\"lo\" : 0, \"hi\" : 1},")
                .getBytes(StandardCharsets.UTF_8);
        Samples.refused(FailureCode.MODEL_INVALID, () -> ManifestJson.read(both))
                .hasMessageContaining("either window or intensity");
    }

    @Test
    void aNetworkSeesAsManyImagesAsThePresetNames() {
        Samples.refused(FailureCode.MODEL_INVALID, () -> ofChannels(Samples.PRESET, 3))
                .hasMessageContaining("3 input channels")
                .hasMessageContaining("--channels");
    }

    private static ModelManifest ofChannels(Preset preset, int channels) {
        ModelManifest one = Samples.manifest(
                new ModelId("several", "1"), List.of(new Member("model.pt", "ab".repeat(32), OptionalInt.empty())));
        return new ModelManifest(
                one.id(),
                preset,
                new DeformUxNetConfig(channels, 2, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                one.window(),
                one.precision(),
                one.members(),
                one.provenance());
    }
}
