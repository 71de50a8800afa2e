package io.deformux.storage;

import static io.deformux.failure.FailureCode.INPUT_DIGEST_MISMATCH;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageRouterTest {
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    Path temp;

    private final StorageRouter router = new StorageRouter(List.of(new Known("known"), new Known("other")));

    @Test
    void aReferenceGoesToTheStorageOfItsScheme() {
        assertThat(fetch("known:x", Optional.empty()).path()).isEqualTo(Path.of("known"));
        assertThat(fetch("OTHER:x", Optional.empty()).path()).isEqualTo(Path.of("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x", "/data/series", "series", ""})
    void otherReferencesAreUnsupported(String reference) {
        refused(REFERENCE_UNSUPPORTED, temp, () -> fetch(reference, Optional.empty()));
        refused(
                REFERENCE_UNSUPPORTED,
                temp,
                () -> router.store(temp, URI.create(reference), ObjectName.of("labels.nii.gz")));
    }

    @Test
    void aStorageThatOnlyReadsRefusesOutputs() {
        refused(
                REFERENCE_UNSUPPORTED,
                temp,
                () -> router.store(temp, URI.create("known:x"), ObjectName.of("labels.nii.gz")));
    }

    @Test
    void aStatedDigestMustBeTheInputs() {
        assertThat(fetch("known:x", Optional.of(SHA256)).sha256()).isEqualTo(SHA256);
        assertThat(fetch("known:x", Optional.of(SHA256.toUpperCase(Locale.ROOT)))
                        .sha256())
                .isEqualTo(SHA256);

        refused(INPUT_DIGEST_MISMATCH, temp, () -> fetch("known:x", Optional.of("cd".repeat(32))));
    }

    @Test
    void twoStoragesForOneSchemeAreAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StorageRouter(List.of(new Known("known"), new Known("known"))));
    }

    private FetchedInput fetch(String reference, Optional<String> sha256) {
        try (Scratch scratch = Scratch.in(temp)) {
            return router.fetch(URI.create(reference), sha256, scratch);
        }
    }

    private record Known(String scheme) implements Storage {
        @Override
        public Set<String> schemes() {
            return Set.of(scheme);
        }

        @Override
        public FetchedInput fetch(URI reference, Scratch scratch) {
            return new FetchedInput(Path.of(scheme), SHA256, 1, 1);
        }
    }
}
