package io.deformux.worker.train.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.transform.LabelRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layout gives the same data set; what is wrong with a folder is said by name. */
class DatasetReaderTest {
    private static final List<String> LABELS = List.of("background", "liver");

    @TempDir
    Path outside;

    private Path root;

    @BeforeEach
    void makeFolder() throws IOException {
        root = Files.createDirectory(outside.resolve("data"));
    }

    @Test
    void decathlonLabelsRunFromValueToName() throws IOException {
        scans("imagesTr/b.nii.gz", "labelsTr/b.nii.gz", "imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
        listing(
                """
                {"labels": {"1": "liver", "0": "background"},
                 "training": [{"image": "./imagesTr/b.nii.gz", "label": "./labelsTr/b.nii.gz"},
                              {"image": "./imagesTr/a.nii.gz", "label": "./labelsTr/a.nii.gz"}]}""");

        Dataset dataset = read();

        assertThat(dataset.ids()).containsExactly("a", "b");
        assertThat(dataset.labels()).isEqualTo(LABELS);
        assertThat(dataset.cases().get(0).image().toString()).endsWith("imagesTr/a.nii.gz");
        assertThat(dataset.givenFolds()).isEmpty();
    }

    @Test
    void nnunetLabelsRunFromNameToValueAndImagesHaveAChannel() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz", "imagesTr/b_0000.nii.gz", "labelsTr/b.nii.gz");
        listing(nnunet("{\"background\": 0, \"liver\": 1}"));
        Files.writeString(
                root.resolve("splits_final.json"),
                """
                [{"train": ["a"], "val": ["b"]}, {"train": ["b"], "val": ["a"]}]""");

        Dataset dataset = read();

        assertThat(dataset.ids()).containsExactly("a", "b");
        assertThat(dataset.labels()).isEqualTo(LABELS);
        assertThat(dataset.cases().get(1).image().toString()).endsWith("imagesTr/b_0000.nii.gz");
        assertThat(dataset.givenFolds())
                .containsExactly(new GivenFold(List.of("a"), List.of("b")), new GivenFold(List.of("b"), List.of("a")));
    }

    @Test
    void aMonaiDataListCarriesFoldNumbers() throws IOException {
        scans("imagesTr/a.nii", "labelsTr/a.nii", "imagesTr/b.nii", "labelsTr/b.nii");
        listing(
                """
                {"training": [{"image": "imagesTr/a.nii", "label": "labelsTr/a.nii", "fold": 1},
                              {"image": "imagesTr/b.nii", "label": "labelsTr/b.nii", "fold": 0}]}""");

        Dataset dataset = read();

        assertThat(dataset.labels()).isEqualTo(LABELS);
        assertThat(dataset.givenFolds())
                .containsExactly(new GivenFold(List.of("a"), List.of("b")), new GivenFold(List.of("b"), List.of("a")));
    }

    @Test
    void plainFoldersMayHaveAFixedValidationSet() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz", "imagesVal/b_0000.nii.gz", "labelsVal/b.nii.gz");

        Dataset dataset = read();

        assertThat(dataset.ids()).containsExactly("a", "b");
        assertThat(dataset.givenFolds()).containsExactly(new GivenFold(List.of("a"), List.of("b")));
    }

    @Test
    void theDigestFollowsTheContentAndNotThePlace() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
        String before = read().digest();
        Path moved = Files.move(root, outside.resolve("moved"));
        root = moved;
        assertThat(read().digest()).isEqualTo(before);

        Files.writeString(moved.resolve("labelsTr/a.nii.gz"), "other");
        assertThat(read().digest()).isNotEqualTo(before);
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz", "imagesTr/b.nii.gz");
        refused(FailureCode.DATASET_LABEL_MISSING, "labelsTr/b.nii.gz");

        listing(decathlon("./imagesTr/b.nii.gz", "./labelsTr/b.nii.gz"));
        refused(FailureCode.DATASET_LABEL_MISSING, "labelsTr/b.nii.gz");

        listing(decathlon("./imagesTr/c.nii.gz", "./labelsTr/a.nii.gz"));
        refused(FailureCode.DATASET_INVALID, "imagesTr/c.nii.gz");

        scans("imagesTr/c_0000.nii.gz");
        listing(nnunet("{\"background\": 0, \"liver\": 1}"));
        Files.delete(root.resolve("labelsTr/a.nii.gz"));
        refused(FailureCode.DATASET_LABEL_MISSING, "labelsTr/c.nii.gz");
    }

    @Test
    void filesOutsideTheFolderAreNotOpened() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
        Path secret = Files.writeString(outside.resolve("secret.nii.gz"), "secret");
        Files.createSymbolicLink(root.resolve("imagesTr/link.nii.gz"), secret);

        for (String image : List.of("../secret.nii.gz", secret.toString(), "imagesTr/link.nii.gz")) {
            listing(decathlon(image, "labelsTr/a.nii.gz"));
            refused(FailureCode.REFERENCE_NOT_ALLOWED, "out of the data set folder");
        }
    }

    @Test
    void listingsThatContradictThemselvesAreRefused() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz", "imagesTr/a.nii.gz");
        listing("not json");
        refused(FailureCode.DATASET_INVALID, "not proper JSON");
        listing("{}");
        refused(FailureCode.DATASET_INVALID, "/training");
        listing("{\"training\": []}");
        refused(FailureCode.DATASET_INVALID, "no training case");
        listing(nnunet("{\"background\": 0, \"liver\": 2}"));
        refused(FailureCode.DATASET_INVALID, "label value 1");
        listing(nnunet("{\"background\": 0, \"both\": [1, 2]}"));
        refused(FailureCode.DATASET_INVALID, "/regions_class_order of dataset.json must have 1 values of 0 to 255");
        listing(nnunet("{\"background\": 0, \"liver\": 1, \"ignore\": 3}"));
        refused(FailureCode.DATASET_INVALID, "the ignore label has the value 3 and must have the next one");
        listing(
                """
                {"labels": {"background": 0}, "training":
                 [{"image": "imagesTr/a.nii.gz", "label": "labelsTr/a.nii.gz"}]}""");
        refused(FailureCode.DATASET_INVALID, "values to names");
        Files.delete(root.resolve("dataset.json"));
        assertThatThrownBy(() -> new DatasetReader().read(root, List.of())).hasMessageContaining("labels");
        assertThatThrownBy(() -> new DatasetReader().read(root.resolve("none"), LABELS))
                .hasMessageContaining("no data set folder");
        assertThatThrownBy(() -> new DatasetReader().read(root.resolve("imagesTr"), LABELS))
                .hasMessageContaining("imagesTr");
    }

    @Test
    void nnunetV1FilesHaveAChannelThatTheirListingLeavesOut() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        listing(decathlon("./imagesTr/a.nii.gz", "./labelsTr/a.nii.gz"));
        assertThat(read().cases().get(0).image().toString()).endsWith("imagesTr/a_0000.nii.gz");

        scans("imagesTr/a_0001.nii.gz");
        refused(FailureCode.DATASET_INVALID, "imagesTr/a_0001.nii.gz");
    }

    @Test
    void absolutePathsInsideTheFolderAreTakenAlsoThroughALink() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
        listing(decathlon(root + "/imagesTr/a.nii.gz", root + "/labelsTr/a.nii.gz"));
        assertThat(read().ids()).containsExactly("a");

        root = Files.createSymbolicLink(outside.resolve("link"), root);
        listing(decathlon(root + "/imagesTr/a.nii.gz", root + "/labelsTr/a.nii.gz"));
        assertThat(read().ids()).containsExactly("a");
    }

    @Test
    void theKeyDatasetIsTheListOfCases() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz", "imagesTr/b_0000.nii.gz", "labelsTr/b.nii.gz");
        String listed =
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "liver": 1}, "file_ending": ".nii.gz",
                 "dataset": {"case": {"images": [%s], "label": "labelsTr/b.nii.gz"}}}""";
        listing(listed.formatted("\"imagesTr/b_0000.nii.gz\""));
        assertThat(read().ids()).containsExactly("case");
        assertThat(read().cases().get(0).image().toString()).endsWith("b_0000.nii.gz");

        listing(listed.formatted("\"imagesTr/a_0000.nii.gz\", \"imagesTr/b_0000.nii.gz\""));
        refused(FailureCode.DATASET_INVALID, "2 channels");
        listing(listed.formatted(""));
        refused(FailureCode.DATASET_INVALID, "/dataset/case/images");
        listing(listed.formatted("\"../b.nii.gz\""));
        refused(FailureCode.REFERENCE_NOT_ALLOWED, "out of the data set folder");
    }

    @Test
    void namedChannelsAreReadFromFilesOfTheirOwn() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz", "labelsTr/a.nii.gz");
        for (String key : List.of("channel_names", "modality")) {
            listing(
                    """
                    {"%s": {"1": "T2", "0": "T1"}, "labels": {"background": 0, "liver": 1}, "file_ending": ".nii.gz"}"""
                            .formatted(key));
            assertThat(read().channels()).containsExactly("T1", "T2");
            assertThat(read().named("a").channels()).isEqualTo(2);
            assertThat(files("a")).containsExactly("a_0000.nii.gz", "a_0001.nii.gz");
        }
        String digest = read().digest();
        Files.writeString(root.resolve("imagesTr/a_0001.nii.gz"), "another");
        assertThat(read().digest()).isNotEqualTo(digest);
        Files.delete(root.resolve("imagesTr/a_0001.nii.gz"));
        refused(FailureCode.DATASET_INVALID, "imagesTr/a_0001.nii.gz");
    }

    @Test
    void theListingsOfCasesNameEveryChannel() throws IOException {
        scans("imagesTr/x.nii.gz", "imagesTr/y.nii.gz", "labelsTr/a.nii.gz");
        String listed =
                """
                {"channel_names": {"0": "T1", "1": "T2"}, "labels": {"background": 0, "liver": 1},
                 "file_ending": ".nii.gz", "dataset": {"case": {"images": [%s], "label": "labelsTr/a.nii.gz"}}}""";
        listing(listed.formatted("\"imagesTr/y.nii.gz\", \"imagesTr/x.nii.gz\""));
        assertThat(files("case")).containsExactly("y.nii.gz", "x.nii.gz");
        listing(listed.formatted("\"imagesTr/y.nii.gz\""));
        refused(FailureCode.DATASET_INVALID, "has 1 channels and /channel_names of it 2");
    }

    @Test
    void decathlonChannelsAreInOneFileAndThoseOfNnunetV1InSeveral() throws IOException {
        scans("imagesTr/a.nii.gz", "labelsTr/a.nii.gz");
        String several = decathlon("./imagesTr/a.nii.gz", "./labelsTr/a.nii.gz")
                .replaceFirst("\\{", "{\"modality\": {\"0\": \"FLAIR\", \"1\": \"T1w\", \"2\": \"T2w\"},");
        listing(several);
        assertThat(read().channels()).containsExactly("FLAIR", "T1w", "T2w");
        assertThat(read().named("a").channels()).isEqualTo(3);
        assertThat(files("a")).containsExactly("a.nii.gz");

        Files.delete(root.resolve("imagesTr/a.nii.gz"));
        scans("imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz", "imagesTr/a_0002.nii.gz");
        assertThat(files("a")).containsExactly("a_0000.nii.gz", "a_0001.nii.gz", "a_0002.nii.gz");
    }

    private List<String> files(String id) {
        return read().named(id).images().stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    void aChannelThatHasNoNameIsNeverDroppedInSilence() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        listing(nnunet("{\"background\": 0, \"liver\": 1}"));
        assertThat(read().ids()).containsExactly("a");
        scans("imagesTr/a_0001.nii.gz");
        refused(FailureCode.DATASET_INVALID, "a_0001.nii.gz");
    }

    @Test
    void plainFoldersMayHaveSeveralChannels() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz", "imagesTr/a_0002.nii.gz", "labelsTr/a.nii.gz");
        scans("imagesTr/b_0000.nii.gz", "imagesTr/b_0001.nii.gz", "imagesTr/b_0002.nii.gz", "labelsTr/b_0000.nii.gz");
        assertThat(read().ids()).containsExactly("a", "b_0000");
        assertThat(read().channels()).containsExactly("channel 0", "channel 1", "channel 2");
        assertThat(files("a")).containsExactly("a_0000.nii.gz", "a_0001.nii.gz", "a_0002.nii.gz");
        assertThat(read().named("a").channels()).isEqualTo(3);

        scans("imagesVal/c_0000.nii.gz", "imagesVal/c_0001.nii.gz", "labelsVal/c.nii.gz");
        refused(FailureCode.DATASET_INVALID, "imagesVal/c_0002.nii.gz");
        scans("imagesVal/c_0002.nii.gz");
        assertThat(files("c")).hasSize(3);
        scans("imagesVal/c_0003.nii.gz");
        refused(FailureCode.DATASET_INVALID, "further channel, as imagesVal/c_0003.nii.gz");
    }

    /** Of names that end in a number but belong to no first image. */
    @Test
    void aNumberAtTheEndOfANameIsAChannelOnlyBesideTheFirst() throws IOException {
        scans("imagesTr/a_0001.nii.gz", "imagesTr/a_0002.nii.gz", "labelsTr/a_0001.nii.gz", "labelsTr/a_0002.nii.gz");
        assertThat(read().ids()).containsExactly("a_0001", "a_0002");
        assertThat(read().channels()).isEmpty();
    }

    @Test
    void anImageWithALabelMapOfItsOwnNameIsACaseAndNoChannel() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz", "imagesTr/a_0002.nii.gz");
        scans("labelsTr/a_0000.nii.gz", "labelsTr/a_0001.nii.gz", "labelsTr/a_0002.nii.gz");
        assertThat(read().channels()).isEmpty();
        assertThat(read().ids()).containsExactly("a_0000", "a_0001", "a_0002");
        assertThat(files("a_0000")).containsExactly("a_0000.nii.gz");

        scans("imagesTr/b_0000.nii.gz", "imagesTr/b_0001.nii.gz", "labelsTr/b_0000.nii.gz");
        refused(FailureCode.DATASET_INVALID, "imagesTr/a_0001.nii.gz has a label map of its own");
    }

    @Test
    void aListOfImagesOfADataListIsTheChannelsOfACase() throws IOException {
        scans("imagesTr/a-t2.nii", "imagesTr/a-t1.nii", "labelsTr/a.nii");
        scans("imagesTr/b-t2.nii", "imagesTr/b-t1.nii", "labelsTr/b.nii");
        String listed =
                """
                {%s"training": [{"image": ["imagesTr/a-t2.nii", "imagesTr/a-t1.nii"], "label": "labelsTr/a.nii"},
                                {"image": [%s], "label": "labelsTr/b.nii"}]}""";
        String both = "\"imagesTr/b-t2.nii\", \"imagesTr/b-t1.nii\"";
        listing(listed.formatted("", both));
        assertThat(read().channels()).containsExactly("channel 0", "channel 1");
        assertThat(files("a")).containsExactly("a-t2.nii", "a-t1.nii");
        assertThat(files("b")).containsExactly("b-t2.nii", "b-t1.nii");

        listing(listed.formatted("\"modality\": {\"0\": \"T2\", \"1\": \"T1\"}, ", both));
        assertThat(read().channels()).containsExactly("T2", "T1");

        listing(listed.formatted("", "\"imagesTr/b-t2.nii\""));
        refused(FailureCode.DATASET_INVALID, "pair of labelsTr/b.nii lists 1 channels, and the data set has 2");
        listing(listed.formatted("", "\"imagesTr/b-t2.nii\", 7"));
        refused(FailureCode.DATASET_INVALID, "must be a file or a list of files");
        listing(listed.formatted("\"modality\": {\"0\": \"T2\"}, ", both));
        refused(FailureCode.DATASET_INVALID, "lists 2 channels, and the data set has 1");
        listing(listed.formatted("", "\"imagesTr/b-t2.nii\", \"../b.nii\""));
        refused(FailureCode.REFERENCE_NOT_ALLOWED, "out of the data set folder");

        listing("{\"training\": [{\"image\": [\"imagesTr/a-t1.nii\"], \"label\": \"labelsTr/a.nii\"}]}");
        assertThat(read().channels()).as("a list of one is one image").isEmpty();
        assertThat(files("a")).containsExactly("a-t1.nii");
    }

    @Test
    void aDataListOfMoreImagesThanAModelTakesIsRefused() throws IOException {
        scans("imagesTr/a.nii", "labelsTr/a.nii");
        String listed = "{\"training\": [{\"image\": [%s], \"label\": \"labelsTr/a.nii\"}]}";
        listing(listed.formatted(String.join(", ", Collections.nCopies(16, "\"imagesTr/a.nii\""))));
        assertThat(read().channels()).hasSize(16);
        listing(listed.formatted(String.join(", ", Collections.nCopies(17, "\"imagesTr/a.nii\""))));
        refused(FailureCode.DATASET_INVALID, "lists 17 images of a case, of which a model takes up to 16");
    }

    @Test
    void channelsThatNoModelTakesAreRefused() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz", "labelsTr/a.nii.gz");
        listing(
                """
                {"channel_names": {"0": "zscore", "1": "zscore"}, "labels": {"background": 0, "liver": 1},
                 "file_ending": ".nii.gz"}""");
        refused(FailureCode.DATASET_INVALID, "2 channels (zscore, zscore)");
    }

    @Test
    void labelsMayBeListsOfOneAndStrings() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        listing(nnunet("{\"background\": \"0\", \"liver\": [1], \"spleen\": [\"2\"]}"));
        assertThat(read().labels()).containsExactly("background", "liver", "spleen");
    }

    @Test
    void labelsOfSeveralValuesAreRegions() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        String labels = "{\"background\": 0, \"whole\": [1, 2, 3], \"core\": [2, 3], \"enhancing\": 3, \"ignore\": 4}";
        listing(nnunet(labels).replace("{\"channel", "{\"regions_class_order\": [1, 2, 3], \"channel"));

        Dataset dataset = new DatasetReader().read(root, List.of());

        assertThat(dataset.labels()).containsExactly("background", "whole (rest)", "core (rest)", "enhancing");
        assertThat(dataset.regions())
                .containsExactly(
                        new LabelRegion("whole", 1, List.of(1, 2, 3)),
                        new LabelRegion("core", 2, List.of(2, 3)),
                        new LabelRegion("enhancing", 3, List.of(3)));
        assertThat(dataset.named("a").ignored()).hasValue(4);
    }

    /** Label maps have what values they like, and a region is written as whatever label the order says for it. */
    @Test
    void regionsMayHaveAnyLabels() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");

        regions("{\"background\": 0, \"whole\": [1, 2, 4], \"core\": [1, 4], \"enhancing\": [4]}", "[2, 1, 4]");
        assertThat(read().labels())
                .as("the values of BraTS as it was published")
                .containsExactly("background", "core (rest)", "whole (rest)", "label 3", "enhancing");
        assertThat(read().outputs()).isEqualTo(3);

        regions("{\"background\": 0, \"kidney\": [1, 2, 3], \"masses\": [2, 3], \"tumor\": 2}", "[1, 3, 2]");
        assertThat(read().labels())
                .as("an order that is not ascending, as of KiTS 2023")
                .containsExactly("background", "kidney (rest)", "tumor", "masses (rest)");

        regions("{\"background\": 0, \"whole\": [1, 2, 3], \"core\": [2, 3], \"ignore\": 4}", "[1, 2]");
        assertThat(read().labels())
                .as("more labels than regions")
                .containsExactly("background", "whole (rest)", "core (rest)", "label 3");
        assertThat(read().named("a").ignored()).hasValue(4);

        regions("{\"background\": 0, \"left\": [2, 3], \"right\": [3, 5]}", "[\"2\", \"2\"]");
        assertThat(read().regions())
                .as("two that overlap, written as one label")
                .containsExactly(new LabelRegion("left", 2, List.of(2, 3)), new LabelRegion("right", 2, List.of(3, 5)));

        regions("{\"background\": 0, \"whole\": [1, 2], \"hole\": 2}", "[1, 0]");
        assertThat(read().labels())
                .as("one cut out of another")
                .containsExactly("background", "whole (rest)", "label 2");
    }

    @Test
    void regionsThatCannotBeAreRefused() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        String labels = "{\"background\": 0, \"whole\": [1, 2, 3], \"core\": [2, 3], \"enhancing\": 3}";
        for (String order : List.of("[1, 2]", "[1, 2, 3, 4]", "[1, 2, \"three\"]", "[1, 2, -3]", "{}")) {
            regions(labels, order);
            refused(
                    FailureCode.DATASET_INVALID,
                    "/regions_class_order of dataset.json must have 3 values of 0 to 255, the label to write for each"
                            + " region in the order of /labels, since whole, core, enhancing are regions");
        }
        regions(labels, "[1, 2, 256]");
        refused(FailureCode.DATASET_INVALID, "the region enhancing is to be the label 256, and labels are 0 to 255");
        regions("{\"background\": 0, \"whole\": [1, 255]}", "[1]");
        refused(FailureCode.DATASET_INVALID, "a region has the label 255, and labels of regions end at 254");
        regions("{\"background\": 0, \"all\": [0, 1], \"some\": [1, 2]}", "[1, 2]");
        refused(FailureCode.DATASET_INVALID, "the region all needs labels of 1 to 255");
    }

    /** Nothing of it is ever found where a region is written as what it is not. */
    @Test
    void aRegionThatIsWrittenAsAnothersLabelIsTold() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        regions("{\"background\": 0, \"whole\": [1, 2], \"core\": 2}", "[2, 1]");
        DatasetFindings findings = new DatasetFindings();
        new DatasetReader().list(root, List.of(), findings);
        assertThat(findings.all())
                .extracting(DatasetFinding::message)
                .contains("the region core is written as the label 1, which is none of its own [2], so that"
                        + " nothing of it counts as found: see /regions_class_order");
        assertThat(findings.sound()).isTrue();
    }

    private void regions(String labels, String order) throws IOException {
        listing(nnunet(labels).replace("{\"channel", "{\"regions_class_order\": " + order + ", \"channel"));
    }

    @Test
    void scansMayBeMetaImagesAndNrrd() throws IOException {
        scans("imagesTr/a_0000.mha", "labelsTr/a.mha");
        listing(nnunet("{\"background\": 0, \"liver\": 1}").replace(".nii.gz", ".mha"));
        assertThat(read().ids()).containsExactly("a");
        listing(nnunet("{\"background\": 0, \"liver\": 1}").replace(".nii.gz", ".tif"));
        refused(FailureCode.DATASET_INVALID, "/file_ending");
        scans("imagesTr/b.nrrd", "labelsTr/b.nrrd");
        listing(decathlon("imagesTr/b.nrrd", "labelsTr/b.nrrd"));
        assertThat(read().ids()).containsExactly("b");
    }

    @Test
    void aLabelNameThatNoModelTakesIsRefusedByItsValue() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        listing(nnunet("{\"background\": 0, \"" + "x".repeat(70) + "\": 1}"));
        refused(FailureCode.DATASET_INVALID, "label 1 has a name of 70 characters");
    }

    @Test
    void theIgnoreLabelOfNnunetIsNoClassButAValueOfItsCases() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/a.nii.gz");
        listing(nnunet("{\"background\": 0, \"liver\": 1, \"ignore\": 2}"));

        Dataset dataset = new DatasetReader().read(root, List.of());

        assertThat(dataset.labels()).containsExactly("background", "liver");
        assertThat(dataset.named("a").ignored()).hasValue(2);
        String digest = dataset.digest();
        listing(nnunet("{\"background\": 0, \"liver\": 1, \"tumour\": 2}"));
        assertThat(new DatasetReader().read(root, List.of()).digest()).isNotEqualTo(digest);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws IOException {
        scans("imagesTr/a_0000.nii.gz", "labelsTr/b.nii.gz", "imagesTr/c_0000.nii.gz");
        listing(nnunet("{\"background\": 0, \"both\": [1, 2], \"half\": 0.5}"));
        refused(FailureCode.DATASET_LABEL_MISSING, "5 things are wrong");
        for (String part : List.of(
                "labelsTr/a.nii.gz",
                "imagesTr/b_0000.nii.gz",
                "labelsTr/c.nii.gz",
                "regions_class_order",
                "label half")) {
            refused(FailureCode.DATASET_LABEL_MISSING, part);
        }
    }

    @Test
    void splitsFilesThatAreNeitherKindAreRefused() throws IOException {
        Path file = root.resolve("splits.json");
        for (String content : List.of(
                "[]",
                "{}",
                "[{\"train\": []}]",
                "[{\"train\": [1], \"val\": []}]",
                """
                {"training": [{"label": "a.nii", "fold": 0}, {"label": "b.nii", "fold": 2}]}""")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> SplitsFile.read(file))
                    .as(content)
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FOLDS_INVALID));
        }
    }

    private Dataset read() {
        return new DatasetReader().read(root, LABELS);
    }

    private void refused(FailureCode code, String part) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(part);
    }

    private void scans(String... files) throws IOException {
        for (String file : files) {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }

    private void listing(String json) throws IOException {
        Files.writeString(root.resolve("dataset.json"), json);
    }

    private static String decathlon(String image, String label) {
        return """
                {"labels": {"0": "background", "1": "liver"},
                 "training": [{"image": "%s", "label": "%s"}]}"""
                .formatted(image, label);
    }

    private static String nnunet(String labels) {
        return """
                {"channel_names": {"0": "CT"}, "labels": %s, "file_ending": ".nii.gz", "numTraining": 2}"""
                .formatted(labels);
    }
}
