package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibrarySettingsTest {
    private static final Map<String, String> HOME = Map.of("user.home", "/home/someone");

    @Test
    void theRepairIsAllowedUntilSwitchedOff() {
        assertThat(settings(Map.of(), Map.of()).repairAllowed()).isTrue();
        assertThat(settings(Map.of("DEFORMUX_LIBRARY_REPAIR", "off"), Map.of()).repairAllowed())
                .isFalse();
        assertThat(settings(Map.of(), Map.of("deformux.library-repair", "off")).repairAllowed())
                .isFalse();
    }

    @Test
    void thePropertyCountsMoreThanTheEnvironment() {
        assertThat(settings(Map.of("DEFORMUX_LIBRARY_REPAIR", "off"), Map.of("deformux.library-repair", "on"))
                        .repairAllowed())
                .isTrue();
    }

    @Test
    void arithmeticIsForcedByItsName() {
        assertThat(settings(Map.of(), Map.of()).forced()).isEmpty();
        assertThat(settings(Map.of("DEFORMUX_ARITHMETIC", ""), Map.of()).forced())
                .isEmpty();
        for (ForcedArithmetic arithmetic : ForcedArithmetic.values()) {
            assertThat(settings(Map.of("DEFORMUX_ARITHMETIC", arithmetic.wireName()), Map.of())
                            .forced())
                    .contains(arithmetic);
        }
        assertThat(ForcedArithmetic.FP32_WITHOUT_ONEDNN.wireName()).isEqualTo("fp32-without-onednn");
    }

    @Test
    void unknownValuesAreRefused() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of("deformux.arithmetic", "fp16"))
                        .forced())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the forced arithmetic must be fp32-without-onednn, fp32 or bf16, not fp16");
        assertThatThrownBy(() -> settings(Map.of("DEFORMUX_LIBRARY_REPAIR", "no"), Map.of())
                        .repairAllowed())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the library's repair must be on or off, not no");
    }

    @Test
    void theCacheFolderIsTheUsersUnlessSaidOtherwise() {
        assertThat(settings(Map.of(), HOME).cacheFolder()).isEqualTo(Path.of("/home/someone/.cache/deformux"));
        assertThat(settings(Map.of("XDG_CACHE_HOME", "/big"), HOME).cacheFolder())
                .isEqualTo(Path.of("/big/deformux"));
        assertThat(settings(Map.of("XDG_CACHE_HOME", "relative"), HOME).cacheFolder())
                .isEqualTo(Path.of("/home/someone/.cache/deformux"));
        assertThat(settings(Map.of("XDG_CACHE_HOME", "/big", "DEFORMUX_CACHE", "/other"), HOME)
                        .cacheFolder())
                .isEqualTo(Path.of("/other"));
    }

    private static LibrarySettings settings(Map<String, String> environment, Map<String, String> properties) {
        return new LibrarySettings(environment::get, properties::get);
    }
}
