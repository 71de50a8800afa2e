package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.EventCodec;
import io.deformux.standalone.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The paper's eleven networks, all of them narrow, on real blocks of a head CT, some minutes long and so not run by default:
 * {@code mvn -q verify -Dgroups=real -DexcludedGroups=}. The budget is far too small to say which is better; that each of
 * them trains, is measured and has its row is what is seen.
 */
@Tag("real")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RealComparisonTest {
    private static final Path DATA =
            Path.of(Optional.ofNullable(System.getenv("DEFORMUX_DATA")).orElse("../../../shared/data"));

    private static final String ITERATIONS = System.getProperty("comparison.iterations", "4");

    private static final List<String> NETWORKS = List.of(
            "nnu-net",
            "trans-bts",
            "unetr",
            "nnformer",
            "swin-unetr",
            "ux-net",
            "ux-net-k21=ux-net",
            "unest-base=unest",
            "unest-large=unest",
            "repux-net",
            "deform-uxnet");

    private static final List<String> NARROW = List.of(
            "nnu-net.features=8,16,32,64",
            "trans-bts.embedding=256",
            "trans-bts.hidden=256",
            "unetr.featureSize=8",
            "unetr.hidden=48",
            "unetr.mlp=96",
            "unetr.heads=4",
            "nnformer.embedding=24",
            "nnformer.heads=2,4,8,16",
            "nnformer.windows=4,4,4,2",
            "swin-unetr.featureSize=12",
            "ux-net.featureSizes=8,16,32,64",
            "ux-net.depths=1,1,1,1",
            "ux-net.hidden=128",
            "ux-net-k21.featureSizes=2,2,4,4",
            "ux-net-k21.depths=1,1,1,1",
            "ux-net-k21.hidden=8",
            "ux-net-k21.kernel=21",
            "unest-base.dims=32,64,128",
            "unest-base.depths=1,1,2",
            "unest-large.dims=48,96,192",
            "unest-large.depths=1,1,4",
            "repux-net.featureSizes=2,2,4,4",
            "repux-net.depths=1,1,1,1",
            "repux-net.hidden=8",
            "deform-uxnet.featureSizes=8,16,32,64",
            "deform-uxnet.depths=1,1,1,1",
            "deform-uxnet.hidden=128");

    @Test
    void allElevenNetworksAreComparedOnRealBlocks(@TempDir Path folder) throws IOException {
        assumeThat(DATA.resolve("ct-head-msd")).isDirectory();
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                "--dataset",
                DATA.resolve("ct-head-msd").toString(),
                "--output",
                folder.toString(),
                "--window=-1100,1900", // air too, so that every block keeps its size: one window
                "--spacing",
                "1.929,1.929,1.262",
                "--folds",
                "2",
                "--seed",
                "1",
                "--roi",
                "64,64,64",
                "--crops",
                "1",
                "--iterations",
                ITERATIONS,
                "--validation-interval",
                ITERATIONS,
                "--learning-rate",
                "2e-3",
                "--no-augmentation",
                "--networks",
                String.join(",", NETWORKS)));
        NARROW.forEach(setting -> arguments.addAll(List.of("--network-setting", setting)));

        int code = Deformux.commandLine()
                .setOut(new PrintWriter(System.out, true))
                .execute(arguments.toArray(String[]::new));

        assertThat(code).isEqualTo(ExitCode.OK);
        Path json = folder.resolve("compare/compare.json");
        ComparisonCompleted comparison =
                (ComparisonCompleted) new EventCodec().fromJson(ComparisonCompleted.TYPE, Files.readAllBytes(json));
        System.out.println(Files.readString(json.resolveSibling("compare.md")));
        assertThat(comparison.failed()).isEmpty();
        assertThat(comparison.networks()).hasSize(NETWORKS.size());
        assertThat(comparison.networks().get(0).dice().mean().orElseThrow()).isPositive();
    }
}
