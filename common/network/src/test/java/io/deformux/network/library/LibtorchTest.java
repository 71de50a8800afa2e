package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
    @TempDir
    private Path folder;

    @Test
    void withoutSettingsItIsThatOfTheClassPath() throws IOException {
        Libtorch found = find(Map.of());
        assertThat(found.chosenByUser()).isFalse();
        assertThat(found.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(found.core().orElseThrow().length()).isGreaterThan(10 << 20);
        assertThat(found.startProperties()).isEmpty();
    }

    @Test
    void aFolderInASettingCountsMore() throws IOException {
        Files.writeString(folder.resolve(System.mapLibraryName("torch")), "");
        Files.writeString(folder.resolve(Libtorch.coreName()), "core");
        String path = folder.resolve("missing") + File.pathSeparator + folder;
        Libtorch found = find(Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_VERSION", "2.5.1"));
        assertThat(found.chosenByUser()).isTrue();
        assertThat(found.folder()).contains(folder);
        assertThat(found.core().orElseThrow().name()).isEqualTo(Libtorch.coreName());
        assertThat(found.startProperties()).isEmpty();
        assertThat(find(Map.of("java.library.path", folder.toString())).folder())
                .contains(folder);
    }

    @Test
    void aSettingThatLeadsNowhereIsStillThePersonsChoice() {
        for (String name : new String[] {"PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR"}) {
            Libtorch found = find(Map.of(name, "cu128"));
            assertThat(found.chosenByUser()).isTrue();
            assertThat(found.core()).isEmpty();
        }
    }

    private static Libtorch find(Map<String, String> properties) {
        return Libtorch.find(new LibrarySettings(name -> null, properties::get));
    }
}
