package io.deformux.network.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.DenseConvolution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who computes a layer is said by its channels alone, so every run has the same bits. */
class MixedConvolutionsTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void layersOfManyChannelsGoToTheOneAndTheOthersToTheOther() {
        try (MixedConvolutions mixed = new MixedConvolutions(named("wide"), named("narrow"))) {
            mixed.layer(convolution(1, 96));
            mixed.layer(convolution(47, 8));
            mixed.layer(convolution(48, 8));
            mixed.layer(convolution(768, 8));
            mixed.proven();
        }
        assertThat(calls)
                .containsExactly(
                        "narrow 1",
                        "narrow 47",
                        "wide 48",
                        "wide 768",
                        "wide proven",
                        "narrow proven",
                        "narrow closed",
                        "wide closed");
    }

    private static DenseConvolution convolution(int inputs, int outputs) {
        return new DenseConvolution("layer", new float[inputs * outputs], new float[0], outputs, inputs, 1, 1, 0);
    }

    private Convolutions named(String name) {
        return new Convolutions() {
            @Override
            public ConvolutionLayer layer(DenseConvolution convolution) {
                calls.add(name + " " + convolution.inputs());
                return new ConvolutionLayer() {
                    @Override
                    public FeatureMap apply(FeatureMap x, NDManager scope) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public DenseConvolution plain() {
                        return convolution;
                    }
                };
            }

            @Override
            public void proven() {
                calls.add(name + " proven");
            }

            @Override
            public void close() {
                calls.add(name + " closed");
            }
        };
    }
}
