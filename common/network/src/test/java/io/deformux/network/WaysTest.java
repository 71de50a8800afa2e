package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.TinyNetwork;
import io.deformux.network.library.ArithmeticKind;
import io.deformux.network.library.ForcedArithmetic;
import io.deformux.network.library.LibraryChoice;
import io.deformux.network.library.Verdict;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person asks for and what is known of the library decide which ways there are. */
class WaysTest {
    private static final List<Arithmetic> ALL =
            List.of(Arithmetic.LIBRARY_BF16, Arithmetic.MIXED_FP32, Arithmetic.OWN_FP32, Arithmetic.LIBRARY_FP32);
    private static final NetworkConfig WITHOUT_FORM = new WithoutCpuForm(TinyNetwork.TINY);
    private static final Set<ArithmeticKind> NOTHING = EnumSet.noneOf(ArithmeticKind.class);

    @Test
    void aTrustedLibraryMayDoEverything() {
        Ways ways = Ways.of(ALL, Device.cpu(), library(NOTHING, Optional.empty()));

        assertThat(ways.allowed()).isEqualTo(ALL);
        assertThat(ways.refused()).isEmpty();
        assertThat(ways.of(WITHOUT_FORM, Device.cpu()).allowed())
                .containsExactly(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32);
    }

    @Test
    void whatIsKnownToBeWrongIsNotTriedAgainAndSaysWhy() {
        Ways ways = Ways.of(ALL, Device.cpu(), library(EnumSet.of(ArithmeticKind.BF16_FORWARD), Optional.empty()));

        assertThat(ways.allowed()).containsExactly(Arithmetic.MIXED_FP32, Arithmetic.OWN_FP32, Arithmetic.LIBRARY_FP32);
        assertThat(ways.refused()).containsExactly(Map.entry(Arithmetic.LIBRARY_BF16, "seen to be wrong"));
    }

    @Test
    void ourOwnKernelsAreLeftWhereTheLibraryIsWrongInEverything() {
        Ways ways = Ways.of(ALL, Device.cpu(), library(EnumSet.allOf(ArithmeticKind.class), Optional.empty()));

        assertThat(ways.allowed()).containsExactly(Arithmetic.OWN_FP32);
        assertThat(ways.of(WITHOUT_FORM, Device.cpu()).allowed()).isEmpty();
        assertThat(ways.of(WITHOUT_FORM, Device.cpu()).refused())
                .containsEntry(Arithmetic.LOOPS_FP32, "seen to be wrong")
                .containsKey(Arithmetic.OWN_FP32);
    }

    @Test
    void bf16ThatWasAskedForAndIsWrongLeavesNothing() {
        Ways ways = Ways.of(
                List.of(Arithmetic.LIBRARY_BF16),
                Device.cpu(),
                library(EnumSet.of(ArithmeticKind.BF16_FORWARD), Optional.empty()));

        assertThat(ways.allowed()).isEmpty();
    }

    @Test
    void withoutOneDnnThereAreOurKernelsAndPyTorchsOwnLoops() {
        Ways ways = Ways.of(ALL, Device.cpu(), library(EnumSet.of(ArithmeticKind.FP32_GRADIENTS), Optional.empty()));

        assertThat(ways.allowed()).containsExactly(Arithmetic.OWN_FP32, Arithmetic.LOOPS_FP32);
        assertThat(ways.refused()).containsOnlyKeys(Arithmetic.LIBRARY_BF16, Arithmetic.MIXED_FP32);
        assertThat(ways.of(WITHOUT_FORM, Device.cpu()).allowed()).containsExactly(Arithmetic.LOOPS_FP32);
    }

    @Test
    void forcingLeavesNoOtherWay() {
        assertThat(forced(ForcedArithmetic.FP32_WITHOUT_ONEDNN))
                .containsExactly(Arithmetic.OWN_FP32, Arithmetic.LOOPS_FP32);
        assertThat(forced(ForcedArithmetic.FP32)).containsExactly(Arithmetic.LIBRARY_FP32);
        assertThat(forced(ForcedArithmetic.BF16)).containsExactly(Arithmetic.LIBRARY_BF16);
    }

    @Test
    void aGpuComputesByItsKernelsElseByTheLibraryWhateverTheProcessorDoes() {
        Ways ways = Ways.of(ALL, Device.gpu(0), library(EnumSet.of(ArithmeticKind.BF16_FORWARD), Optional.empty()));

        assertThat(ways.allowed())
                .containsExactly(
                        Arithmetic.GPU_BF16, Arithmetic.LIBRARY_BF16, Arithmetic.GPU_FP32, Arithmetic.LIBRARY_FP32);
        assertThat(ways.of(WITHOUT_FORM, Device.gpu(0)).allowed())
                .containsExactly(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32);
    }

    @Test
    void kernelsOfAGpuAreForChannelsThatFillThem() {
        NetworkConfig four = new DeformUxNetConfig(1, 3, List.of(4, 8, 8, 16), List.of(1, 1, 1, 1), 16, 3);
        Ways ways = Ways.of(ALL, Device.gpu(0), library(NOTHING, Optional.empty()));

        assertThat(ways.of(four, Device.gpu(0)).allowed())
                .containsExactly(Arithmetic.LIBRARY_BF16, Arithmetic.GPU_FP32, Arithmetic.LIBRARY_FP32);
    }

    @Test
    void aCpuRefusesWhatOnlyGpusCompute() {
        Ways ways = Ways.of(
                List.of(Arithmetic.LIBRARY_TF32, Arithmetic.LIBRARY_FP16),
                Device.cpu(),
                library(NOTHING, Optional.empty()));

        assertThat(ways.allowed()).isEmpty();
        assertThat(ways.refused()).containsOnlyKeys(Arithmetic.LIBRARY_TF32, Arithmetic.LIBRARY_FP16);
    }

    private static List<Arithmetic> forced(ForcedArithmetic forced) {
        return Ways.of(ALL, Device.cpu(), library(NOTHING, Optional.of(forced))).allowed();
    }

    private static LibraryChoice library(Set<ArithmeticKind> wrong, Optional<ForcedArithmetic> forced) {
        Map<ArithmeticKind, Verdict> verdicts = new EnumMap<>(ArithmeticKind.class);
        for (ArithmeticKind kind : ArithmeticKind.values()) {
            verdicts.put(kind, new Verdict(!wrong.contains(kind), OptionalDouble.of(0.9), "seen to be wrong", true));
        }
        return new LibraryChoice("libtorch", false, verdicts, Optional.empty(), forced, Map.of());
    }
}
