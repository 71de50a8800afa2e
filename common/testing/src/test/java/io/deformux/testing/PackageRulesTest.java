package io.deformux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.deformux.testing.server.KafkaFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a package that imports the broker and says one thing or another of it. */
class PackageRulesTest {
    private static final JavaClasses SERVER = new ClassFileImporter().importClasses(KafkaFixture.class);

    @TempDir
    Path sources;

    @Test
    void whatIsSaidMayBeImported() throws IOException {
        says("May import {@code broker}.");

        assertThat(violations()).isFalse();
    }

    @Test
    void whatIsNotSaidIsNamed() throws IOException {
        says("May import nothing of deformux.");

        assertThatThrownBy(() -> PackageRules.importsAsSaidIn(sources).check(SERVER))
                .hasMessageContaining("KafkaFixture")
                .hasMessageContaining("io.deformux.broker.EmbeddedBroker");
    }

    @Test
    void aPackageThatIsGoneIsNotSaid() throws IOException {
        says("May import {@code broker} and {@code tensorboard}.");

        assertThatThrownBy(() -> PackageRules.importsAsSaidIn(sources).check(SERVER))
                .hasMessageContaining("names tensorboard, which there is not");
    }

    @Test
    void aPackageHasToSaySomething() {
        assertThatThrownBy(this::violations).isInstanceOf(UncheckedIOException.class);
    }

    private boolean violations() {
        return PackageRules.importsAsSaidIn(sources).evaluate(SERVER).hasViolation();
    }

    private void says(String sentence) throws IOException {
        Path info = sources.resolve("io/deformux/testing/server/package-info.java");
        Files.createDirectories(info.getParent());
        Files.writeString(info, "/** A package. " + sentence + " */\npackage io.deformux.testing.server;\n");
    }
}
