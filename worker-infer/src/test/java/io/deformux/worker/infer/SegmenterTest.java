package io.deformux.worker.infer;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.inference.Blending;
import io.deformux.inference.SlidingWindow;
import io.deformux.inference.SlidingWindowSettings;
import io.deformux.inference.WindowPredictor;
import io.deformux.inference.WindowProgress;
import io.deformux.model.ModelPackage;
import io.deformux.network.ArithmeticChangedException;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.StageClock;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmenterTest {
    private static final int CHANGES_AT = 3;

    /** Says label 1 everywhere until the arithmetic changes, then label 2. */
    private static final class Changing implements WindowPredictor {
        private int calls;
        private int label = 1;

        @Override
        public int classes() {
            return 4;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            if (++calls == CHANGES_AT) {
                label = 2;
                throw new ArithmeticChangedException("logits that are not finite");
            }
            float[] values = new float[batch * classes() * roi.length()];
            for (int n = 0; n < batch; n++) {
                int from = (n * classes() + label) * roi.length();
                Arrays.fill(values, from, from + roi.length(), 1);
            }
            logits.accept(FloatBuffer.wrap(values));
        }
    }

    @Test
    void aScanWhoseArithmeticChangesIsComputedAgainFromItsFirstWindow(@TempDir Path folder) throws IOException {
        ModelPackage model = TinyModel.in(folder, "1", Preset.KITS, 32);
        Geometry geometry = new Geometry(new Shape3(60, 60, 40), Affine.scaling(1, 1, 1));
        float[] voxels = new float[geometry.shape().length()];
        Arrays.fill(voxels, 100);
        Segmenter segmenter = new Segmenter(1 << 24);
        Changing predictor = new Changing();
        SlidingWindow window = new SlidingWindow(
                new SlidingWindowSettings(
                        new Shape3(32, 32, 32), 0.25, Blending.CONSTANT, SlidingWindowSettings.SIGMA_SCALE, 1, false),
                predictor);
        try (LoadedModel loaded = new LoadedModel(model, List.of(), window)) {
            MapWish wish = new MapWish(List.of(1, 2), true, false, ProbabilityGrid.NETWORK, ProbabilityType.UINT8);
            Segmentation found = segmenter.segment(
                    segmenter.prepare(List.of(new Volume(geometry, voxels)), Preset.KITS),
                    loaded,
                    wish,
                    folder,
                    JobWatch.of(WindowProgress.NONE),
                    new StageClock(SegmentationSettings.STAGE_LIMIT));

            assertThat(predictor.calls).isGreaterThan(2 * CHANGES_AT);
            byte[] expected = new byte[found.labels().labels().length];
            Arrays.fill(expected, (byte) 2);
            assertThatArray(found.labels().labels()).isEqualTo(expected);
            assertThat(found.certainty().of(1))
                    .as("nothing is left of the first try")
                    .isEmpty();
            Path map = folder.resolve("map.nii");
            found.certainty().maps().orElseThrow().writeClass(2, map);
            // e / (e + 3), and the three others share the rest.
            float[] written = new NiftiReader(1 << 24).read(map).voxels();
            float[] likely = new float[written.length];
            Arrays.fill(likely, 121 / 255f);
            assertThatArray(written).isCloseTo(likely, 1e-6);
            assertThat(found.certainty().of(2).orElseThrow().confidence()).isCloseTo(0.47537, within(1e-5));
            found.close();
        }
    }
}
