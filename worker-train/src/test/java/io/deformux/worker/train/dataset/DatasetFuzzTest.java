package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listings of data sets, damaged in any way: a data set below its folder, or a refusal that is documented. */
@Tag("fuzz")
class DatasetFuzzTest {
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(2 << 20, 1024);
    private static final List<String> LABELS = List.of("background", "liver");

    private static final String DECATHLON =
            """
            {"labels": {"1": "liver", "0": "background"},
             "training": [{"image": "./imagesTr/b_0000.nii.gz", "label": "./labelsTr/b.nii.gz"},
                          {"image": "./imagesTr/a_0000.nii.gz", "label": "./labelsTr/a.nii.gz"}]}""";
    private static final String MONAI =
            """
            {"training": [{"image": "imagesTr/b_0000.nii.gz", "label": "labelsTr/b.nii.gz", "fold": 0},
                          {"image": "imagesTr/a_0000.nii.gz", "label": "labelsTr/a.nii.gz", "fold": 1}]}""";
    private static final String NNUNET =
            """
            {"channel_names": {"0": "CT"}, "labels": {"background": 0, "liver": 1}, "numTraining": 2,
             "file_ending": ".nii.gz"}""";
    private static final String SPLITS =
            """
            [{"train": ["a"], "val": ["b"]}, {"train": ["b"], "val": ["a"]}]""";

    static Stream<FuzzTarget> targets() throws IOException {
        ScratchFolder data = new ScratchFolder();
        for (String folder : List.of("imagesTr", "labelsTr")) {
            Files.createDirectory(data.path().resolve(folder));
            for (String scan : List.of("a", "b")) {
                data.write(folder + "/" + scan + (folder.equals("imagesTr") ? "_0000" : "") + ".nii.gz", new byte[0]);
            }
        }
        return Stream.of(
                target("dataset-json", List.of(DECATHLON, MONAI, NNUNET), bytes -> {
                    data.write("dataset.json", bytes);
                    Dataset dataset = new DatasetReader().read(data.path(), LABELS);
                    dataset.cases().forEach(each -> requireBelow(data, each));
                }),
                target("splits", List.of(SPLITS, MONAI), bytes -> SplitsFile.read(data.write("splits.json", bytes))));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInADatasetOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, List<String> seeds, FuzzTarget.Reading reading) {
        List<byte[]> words = Stream.concat(
                        JsonTokens.all().stream(),
                        Stream.of("../", "\\u0000", "fold", "ignore").map(Archives::bytes))
                .toList();
        return new FuzzTarget(
                name, seeds.stream().map(Archives::bytes).toList(), words, DatasetFuzzTest::isRefusal, MEMORY, reading);
    }

    private static void requireBelow(ScratchFolder data, TrainingCase each) {
        if (!each.image().startsWith(data.path()) || !each.label().startsWith(data.path())) {
            throw new IllegalStateException("a case lies outside its data set");
        }
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code().failureClass() == FailureClass.BAD_JOB;
    }
}
