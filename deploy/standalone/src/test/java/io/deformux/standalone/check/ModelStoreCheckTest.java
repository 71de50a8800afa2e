package io.deformux.standalone.check;

import static io.deformux.standalone.check.Findings.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.standalone.packaging.RandomModelFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreCheckTest {
    @TempDir
    Path root;

    private ModelPackage model;

    @BeforeEach
    void oneModel() {
        model = RandomModelFixture.tiny(root.resolve("tiny/1"));
    }

    @Test
    void aPackageIsNamedWithItsDigest() {
        List<Finding> findings = look(false);

        assertThat(named("store", findings).value()).isEqualTo("1 of 1 packages can be used");
        assertThat(named("model tiny 1", findings).value())
                .contains("newest of its name", model.digest().substring(0, 12), "weights not read");
        assertThat(findings).extracting(Finding::verdict).containsOnly(Severity.OK);
    }

    @Test
    void weightsAreComparedOnlyWhenAsked() throws IOException {
        Files.write(model.weights().get(0), new byte[1], StandardOpenOption.APPEND);

        assertThat(named("model tiny 1", look(false)).verdict()).isEqualTo(Severity.OK);
        assertThat(named("model tiny 1", look(true)).value()).startsWith("MODEL_DIGEST_MISMATCH");
        assertThat(named("store", look(true)).verdict()).isEqualTo(Severity.FAIL);
    }

    @Test
    void aBrokenNewestVersionIsAWarningAsLongAsAnotherPackageHolds() throws IOException {
        Path broken = Files.createDirectories(root.resolve("tiny/2"));
        Files.writeString(broken.resolve(ModelManifest.FILE), "{}");

        List<Finding> findings = look(false);

        assertThat(named("store", findings).value()).isEqualTo("1 of 2 packages can be used");
        assertThat(named("model tiny 2", findings).verdict()).isEqualTo(Severity.WARN);
        assertThat(named("model tiny 2", findings).advice())
                .hasValueSatisfying(text -> assertThat(text).contains("jobs that name no version fail"));
        assertThat(named("model tiny 1", findings).value()).doesNotContain("newest");
    }

    @Test
    void aPackageWithoutItsWeightsCannotBeUsed() throws IOException {
        Files.delete(model.weights().get(0));

        assertThat(named("model tiny 1", look(false)).value()).startsWith("MODEL_INVALID");
        assertThat(named("store", look(false)).verdict()).isEqualTo(Severity.FAIL);
    }

    @Test
    void aStoreThatIsEmptyOrNoFolderKeepsJobsFromRunning() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));

        for (Path store : List.of(empty, root.resolve("none"), model.weights().get(0))) {
            List<Finding> findings = new ModelStoreCheck(store, false).look();
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).verdict()).as(store.toString()).isEqualTo(Severity.FAIL);
        }
    }

    private List<Finding> look(boolean verify) {
        return new ModelStoreCheck(root, verify).look();
    }
}
