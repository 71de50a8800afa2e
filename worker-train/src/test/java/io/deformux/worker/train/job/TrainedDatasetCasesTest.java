package io.deformux.worker.train.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.parity.Fixtures;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetReader;
import io.deformux.worker.train.fold.Folds;
import io.deformux.worker.train.preparation.PreparationCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets after bug reports, up to the first step of a training: prepared as their lines say, or refused before. */
class TrainedDatasetCasesTest {
    @TempDir
    private Path folder;

    private Path data;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset-absolute-paths | 4",
                "dataset-key-subset | 3",
                "dataset-labels-single-lists | 4",
                "dataset-nnunet-v1 | 4",
                "dataset-origin-rounded | 4",
                "dataset-second-channel-dropped | 4"
            })
    void theseAreTrained(String name, int cases) throws IOException {
        copy(name);
        // A case that the listing leaves out is never read.
        if (cases == 3) {
            Files.writeString(data.resolve("labelsTr/c3.nii.gz"), "not read");
        }
        Dataset dataset = new DatasetReader().read(data, List.of());
        assertThat(dataset.labels()).containsExactly("background", "liver", "spleen");
        FoldData fold = FoldData.of(
                Folds.random(dataset.ids(), 2, 1).get(0),
                dataset,
                new PreparationCache(
                        folder.resolve("cache"),
                        new Preset("own", List.of(), channels(dataset), dataset.labels()),
                        1 << 20),
                () -> {});
        assertThat(fold.train().size() + fold.validation().size()).isEqualTo(cases);
        assertThat(fold.train()).allSatisfy(each -> assertThat(each.channels()).isEqualTo(dataset.channelCount()));
        assertThat(dataset.channelCount()).isEqualTo(name.contains("second-channel") ? 2 : 1);
    }

    private static List<ImageChannel> channels(Dataset dataset) {
        return dataset.channels().stream()
                .map(channel -> new ImageChannel(channel, new IntensityWindow(-1000, 400)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"dataset-long-label-name | label 1 has a name of 70 characters"})
    void theseAreRefusedBeforeAnyScanIsOpened(String name, String why) throws IOException {
        copy(name);
        assertThatThrownBy(() -> new DatasetReader().read(data, List.of())).hasMessageContaining(why);
    }

    /** A copy in which the listing's absolute paths, where it has some, are those of the copy. */
    private void copy(String name) throws IOException {
        Path original = Fixtures.bugReport("ops/" + name);
        data = folder.resolve("data");
        try (Stream<Path> all = Files.walk(original)) {
            all.sorted().forEach(file -> {
                Path target = data.resolve(original.relativize(file).toString());
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else if (file.endsWith("dataset.json")) {
                        Files.writeString(target, Files.readString(file).replace("@HERE@", data.toString()));
                    } else {
                        // By its bytes: what is copied as a file may be read-only.
                        Files.write(target, Files.readAllBytes(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
