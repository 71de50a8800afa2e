package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.cpu.LyingConvolutions;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only arithmetic that is proven is used: every way that lies is passed over, whatever the lie. */
class ProvenNetworkTest {
    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(1, 3, List.of(8, 16, 16, 96), List.of(1, 1, 1, 1), 24, 3);
    private static final int SIZE = 32;
    private static final Consumer<FeatureMap> HONEST = map -> {};

    /** Lies as they were seen on machines whose library computes wrong. */
    enum Lie {
        ONE_WRONG_CHANNEL {
            @Override
            void tell(FeatureMap y) {
                int channel = y.view().c() - 1;
                for (int voxel = 0; voxel < y.view().voxels(); voxel++) {
                    put(y, voxel * y.view().c() + channel, 0.25f);
                }
            }
        },
        A_NAN {
            @Override
            void tell(FeatureMap y) {
                put(y, 0, Float.NaN);
            }
        },
        A_WRONG_LAST_VOXEL {
            @Override
            void tell(FeatureMap y) {
                int last = y.view().voxels() * y.view().c() - 1;
                put(y, last, y.view().value(last) + 1);
            }
        };

        abstract void tell(FeatureMap y);
    }

    private final Map<Arithmetic, Consumer<FeatureMap>> lies = new EnumMap<>(Arithmetic.class);
    private final List<Arithmetic> opened = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Lie.class)
    void bf16ThatLiesIsLeftForTheNextWay(Lie lie) {
        lies.put(Arithmetic.LIBRARY_BF16, lie::tell);

        try (ProvenNetwork network = load(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.LIBRARY_FP32);
            assertThat(network.proof().passed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void fp32OfTheLibraryThatLiesIsLeftForOwnKernels(Lie lie) {
        lies.put(Arithmetic.LIBRARY_BF16, lie::tell);
        lies.put(Arithmetic.LIBRARY_FP32, lie::tell);

        try (ProvenNetwork network = load(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32, Arithmetic.OWN_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
            assertThat(opened).containsExactly(Arithmetic.LIBRARY_BF16, Arithmetic.LIBRARY_FP32, Arithmetic.OWN_FP32);
        }
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void whereOneOfTheLibrarysLayersLiesOurKernelsComputeThemAll(Lie lie) {
        lies.put(Arithmetic.MIXED_FP32, lie::tell);

        try (ProvenNetwork network = load(Arithmetic.MIXED_FP32, Arithmetic.OWN_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
        }
    }

    @Test
    void theFirstWayIsTakenWhereItIsRight() {
        try (ProvenNetwork network = load(Arithmetic.OWN_FP32, Arithmetic.LIBRARY_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
            assertThat(opened).containsExactly(Arithmetic.OWN_FP32);
        }
    }

    @Test
    void whereNothingIsRightTheNetworkIsRefusedWithTheReasons() {
        lies.put(Arithmetic.LIBRARY_FP32, Lie.A_NAN::tell);

        assertThatThrownBy(() -> load(Arithmetic.LIBRARY_FP32))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ARITHMETIC_UNPROVEN))
                .hasMessageContaining("fp32 by PyTorch")
                .hasMessageContaining("encoder5.layer.conv1.conv")
                .hasMessageContaining("deformux check");
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"ARITHMETIC_UNPROVEN", "NETWORK_FAILED"})
    void aWayThatFailsInItsProofIsLeftForTheNextOne(FailureCode code) {
        lies.put(Arithmetic.LIBRARY_BF16, map -> {
            throw new JobException(code, "a library that cannot");
        });

        try (ProvenNetwork network = load(Arithmetic.LIBRARY_BF16, Arithmetic.OWN_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
        }
    }

    @Test
    void aWayThatCannotBeOpenedIsLeftForTheNextOne() {
        Weights weights = LivelyWeights.random(CONFIG, 4);
        try (ProvenNetwork network = ProvenNetwork.of(
                way -> {
                    if (way == Arithmetic.LIBRARY_BF16) {
                        throw new JobException(FailureCode.ARITHMETIC_UNPROVEN, "a cast that is wrong");
                    }
                    return PredictingNetwork.of(CONFIG, weights, Device.cpu(), way);
                },
                new Ways(List.of(Arithmetic.LIBRARY_BF16, Arithmetic.OWN_FP32), Map.of()),
                SIZE,
                SIZE,
                SIZE,
                6)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
        }
    }

    @Test
    void aLackOfMemoryIsNoFaultOfAWay() {
        lies.put(Arithmetic.LIBRARY_BF16, map -> {
            throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "full");
        });

        assertThatThrownBy(() -> load(Arithmetic.LIBRARY_BF16, Arithmetic.OWN_FP32))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
    }

    @Test
    void weightsThatOverflowBf16GoToFp32() {
        Weights weights = LivelyWeights.random(CONFIG, 4);
        // Finite in float; the next value of bfloat16 is infinite. The norm behind that convolution divides it away.
        weights.get("encoder5.layer.conv1.conv.weight").values()[0] = Float.MAX_VALUE;
        try (ProvenNetwork network = load(weights, "none", Arithmetic.LIBRARY_BF16, Arithmetic.OWN_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
        }
    }

    @Test
    void logitsThatAreNotFiniteSendTheScanToTheNextWay() {
        AtomicReference<Consumer<FeatureMap>> later = new AtomicReference<>(HONEST);
        lies.put(Arithmetic.LIBRARY_FP32, y -> later.get().accept(y));

        try (ProvenNetwork network = load(Arithmetic.LIBRARY_FP32, Arithmetic.OWN_FP32)) {
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.LIBRARY_FP32);
            later.set(y -> {
                for (int i = 0; i < y.view().voxels() * y.view().c(); i++) {
                    put(y, i, Float.POSITIVE_INFINITY);
                }
            });
            List<Float> first = new ArrayList<>();
            FloatBuffer image = FloatBuffer.allocate(SIZE * SIZE * SIZE);
            assertThatExceptionOfType(ArithmeticChangedException.class)
                    .isThrownBy(() -> network.forward(image, 1, SIZE, SIZE, SIZE, logits -> first.add(logits.get(0))));
            assertThat(first).isEmpty();
            network.forward(image, 1, SIZE, SIZE, SIZE, logits -> first.add(logits.get(0)));

            assertThat(first).singleElement().satisfies(value -> assertThat(value)
                    .isFinite());
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.OWN_FP32);
            assertThat(network.changed()).isTrue();
        }
    }

    @Test
    void aScanThatIsNotFiniteFailsAndTheNetworkGoesOn() {
        try (ProvenNetwork network = load(Arithmetic.LIBRARY_FP32, Arithmetic.OWN_FP32)) {
            FloatBuffer image = FloatBuffer.allocate(SIZE * SIZE * SIZE);
            image.put(0, Float.NaN);
            assertThatThrownBy(() -> network.forward(image, 1, SIZE, SIZE, SIZE, logits -> {}))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NETWORK_FAILED));
            List<Float> first = new ArrayList<>();
            network.forward(image.put(0, 0), 1, SIZE, SIZE, SIZE, logits -> first.add(logits.get(0)));

            assertThat(first).hasSize(1);
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.LIBRARY_FP32);
        }
    }

    private ProvenNetwork load(Arithmetic... ways) {
        return load(LivelyWeights.random(CONFIG, 4), "encoder5.layer.conv1.conv", ways);
    }

    private ProvenNetwork load(Weights weights, String layer, Arithmetic... ways) {
        return ProvenNetwork.of(
                way -> {
                    opened.add(way);
                    ConvolutionSource lying = (torch, kernels) -> new LyingConvolutions(
                            way.convolutions(torch, kernels), layer, lies.getOrDefault(way, HONEST));
                    return new PredictingNetwork(
                            CONFIG, way, NetworkPasses.onCpu(CONFIG, weights, way.precision(), lying, Kernels.best()));
                },
                new Ways(List.of(ways), Map.of()),
                SIZE,
                SIZE,
                SIZE,
                6);
    }

    private static void put(FeatureMap map, int index, float value) {
        ByteBuffer bytes = map.view().bytes();
        if (map.precision() == Precision.BF16) {
            bytes.putShort(2 * index, (short) (Float.floatToIntBits(value) >>> 16));
        } else {
            bytes.putFloat(4 * index, value);
        }
    }
}
