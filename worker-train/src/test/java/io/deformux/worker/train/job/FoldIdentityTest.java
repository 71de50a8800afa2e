package io.deformux.worker.train.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.sampling.Augmentation;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A fold goes on from its checkpoint also after the software has changed, and says what is other where it may not. */
class FoldIdentityTest {
    private static final String DATA = "5a".repeat(32);
    private static final Fold FOLD = new Fold(1, List.of("a", "b"), List.of("c"));
    /** What checkpoints out there say. Whoever has to change it makes them worthless. */
    private static final String KEPT =
            "{\"adamw\":[0.9,0.999,1.0E-8],\"architecture\":\"deform-uxnet\",\"casesPerIteration\":1,"
                    + "\"crop\":[96,64,32],\"cropsAnywhere\":0.5,\"cropsPerCase\":2,\"data\":\"" + DATA
                    + "\",\"fold\":1,"
                    + "\"inChannels\":1,\"learningRate\":1.0E-4,\"outChannels\":3,\"overlap\":0.25,\"seed\":7,"
                    + "\"setting depths\":[1,1,1,1],\"setting featureSizes\":[8,16,32,64],\"setting hidden\":128,"
                    + "\"setting offsetKernel\":3,"
                    + "\"train\":\"7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78\",\"validation\":\"2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6\","
                    + "\"validationInterval\":500,\"variations\":\"shift 0.1, affine 0.10471975511965977 0.1,"
                    + " elastic 0.2 900.0 9.0 13.0, noise 0.1 0.1, gamma 0.1 0.7 1.5 inverted, gamma 0.3 0.7 1.5, mirror [0, 2]\","
                    + "\"weightDecay\":0.01}";

    @Test
    void itIsTheSameForEver() {
        assertThat(identity(settings(1000, 1e-4, 7), DATA).text()).isEqualTo(KEPT);
    }

    @Test
    void whereAFoldEndsIsNoPartOfIt() {
        assertThat(identity(settings(2000, 1e-4, 7), DATA).text()).isEqualTo(KEPT);
    }

    @Test
    void whatDiffersIsNamed() {
        FoldIdentity other = identity(settings(1000, 1e-3, 8), "b0".repeat(32));

        assertThatThrownBy(() -> other.require(KEPT))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CHECKPOINT_INVALID))
                .hasMessageContaining("another data, learningRate, seed: give this one a folder of its own");
    }

    @Test
    void theDigestOfOlderVersionsIsTakenAsLongAsItCanBeMade() {
        FoldIdentity identity = identity(settings(1000, 1e-4, 7), DATA);

        assertThatCode(() -> identity.require(identity.older())).doesNotThrowAnyException();
        assertThatThrownBy(() -> identity.require("7f".repeat(32))).hasMessageContaining("an older version");
    }

    private static FoldIdentity identity(FoldSettings settings, String data) {
        return FoldIdentity.of(settings, new FoldData(FOLD, List.of(), List.of(), data));
    }

    private static FoldSettings settings(int iterations, double learningRate, long seed) {
        return new FoldSettings(
                new DeformUxNetConfig(1, 3, List.of(8, 16, 32, 64), List.of(1, 1, 1, 1), 128, 3),
                new Shape3(96, 64, 32),
                1,
                2,
                0.5,
                iterations,
                500,
                OptionalInt.empty(),
                AdamW.Settings.of(learningRate, 0.01),
                Augmentation.REFERENCE
                        .withElasticDeformation()
                        .withNoise()
                        .withGamma()
                        .withMirroring(List.of(0, 2)),
                0.25,
                seed);
    }
}
