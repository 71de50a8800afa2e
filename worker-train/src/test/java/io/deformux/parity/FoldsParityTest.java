package io.deformux.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetReader;
import io.deformux.worker.train.dataset.GivenFold;
import io.deformux.worker.train.dataset.SplitsFile;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.fold.Folds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of {@code folds/}: three formats of the same cases. */
@Tag("parity")
class FoldsParityTest {
    @TempDir
    Path root;

    @Test
    void theThreeListingsDescribeTheSameCases() throws IOException {
        JsonNode msd = Fixtures.json("folds/dataset_msd.json");
        for (JsonNode pair : msd.get("training")) {
            scan(pair.get("image").asText());
            scan(pair.get("image").asText().replace(".nii.gz", "_0000.nii.gz"));
            scan(pair.get("label").asText());
        }
        Dataset decathlon = read("dataset_msd.json");
        Path plainImages = root.resolve("imagesTr");
        for (String id : decathlon.ids()) {
            Files.delete(plainImages.resolve(id + ".nii.gz"));
        }
        Files.copy(Fixtures.fixture("folds/splits_final.json"), root.resolve("splits_final.json"));
        Dataset nnunet = read("dataset_nnunetv2.json");

        assertThat(decathlon.cases()).hasSize(msd.get("training").size());
        assertThat(nnunet.ids()).isEqualTo(decathlon.ids());
        assertThat(nnunet.labels()).isEqualTo(decathlon.labels());
        assertThat(decathlon.labels()).hasSize(msd.get("labels").size());
        assertValidatesEveryCaseOnce(Folds.given(nnunet.givenFolds(), nnunet), decathlon);
        List<GivenFold> dataList = SplitsFile.read(Fixtures.fixture("folds/monai_datalist.json"));
        assertValidatesEveryCaseOnce(Folds.given(dataList, decathlon), decathlon);
    }

    private void assertValidatesEveryCaseOnce(List<Fold> folds, Dataset dataset) {
        List<String> validated = new ArrayList<>();
        folds.forEach(fold -> validated.addAll(fold.validation()));
        assertThat(validated).containsExactlyInAnyOrderElementsOf(dataset.ids());
    }

    private Dataset read(String listing) throws IOException {
        Path target = root.resolve("dataset.json");
        Files.deleteIfExists(target);
        Files.copy(Fixtures.fixture("folds/" + listing), target);
        return new DatasetReader().read(root, List.of());
    }

    private void scan(String relative) throws IOException {
        Path file = root.resolve(relative).normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, relative);
    }
}
