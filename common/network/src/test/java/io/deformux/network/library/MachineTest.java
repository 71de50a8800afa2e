package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    private Path folder;

    private Path cpuInfo;
    private Path caches;

    @BeforeEach
    void describeAMachine() throws IOException {
        cpuInfo = folder.resolve("cpuinfo");
        Files.writeString(
                cpuInfo,
                """
                processor\t: 0
                vendor_id\t: Maker
                cpu family\t: 26
                model\t\t: 2
                cpu MHz\t\t: 2096.1
                flags\t\t: fpu avx512_bf16

                processor\t: 1
                flags\t\t: another
                """);
        caches = Files.createDirectories(folder.resolve("cache"));
    }

    @Test
    void cachesAreHiddenWhereTheFolderIsMissingOrEmpty() throws IOException {
        assertThat(machine("Linux/amd64", Map.of()).cachesHidden()).isTrue();
        Files.writeString(caches.resolve("uevent"), "");
        assertThat(machine("Linux/amd64", Map.of()).cachesHidden()).isTrue();
        Files.delete(caches.resolve("uevent"));
        Files.delete(caches);
        assertThat(machine("Linux/amd64", Map.of()).cachesHidden()).isTrue();
    }

    @Test
    void cachesThatAreListedAreNotHidden() throws IOException {
        addCache("32K");
        assertThat(machine("Linux/amd64", Map.of()).cachesHidden()).isFalse();
        assertThat(machine("Linux/amd64", Map.of()).identity()).contains("caches: L1 Data 32K");
    }

    @Test
    void otherPlatformsHideNothingThatMatters() {
        assertThat(machine("Linux/aarch64", Map.of()).cachesHidden()).isFalse();
        assertThat(machine("Mac OS X/aarch64", Map.of()).cachesHidden()).isFalse();
        assertThat(machine("Windows 11/amd64", Map.of()).cachesHidden()).isFalse();
    }

    @Test
    void theIdentityHoldsWhatArithmeticDependsOnAndNothingThatVaries() {
        assertThat(machine("Linux/amd64", Map.of("HOME", "/home/x", "OMP_NUM_THREADS", "3"))
                        .identity())
                .contains("vendor_id : Maker", "flags : fpu avx512_bf16", "caches: hidden", "logical processors: 4")
                .contains("OMP_NUM_THREADS=3")
                .doesNotContain("MHz", "another", "HOME");
    }

    @Test
    void aMachineWithoutTheFileHasAnIdentityToo() throws IOException {
        Files.delete(cpuInfo);
        assertThat(machine("Mac OS X/aarch64", Map.of()).identity()).contains("Mac OS X/aarch64", "processor: unknown");
    }

    private void addCache(String size) throws IOException {
        Path index = Files.createDirectories(caches.resolve("index0"));
        Files.writeString(index.resolve("level"), "1\n");
        Files.writeString(index.resolve("type"), "Data\n");
        Files.writeString(index.resolve("size"), size + "\n");
    }

    private Machine machine(String platform, Map<String, String> environment) {
        return new Machine(cpuInfo, caches, platform, 4, environment);
    }
}
