package io.deformux.dicom.series;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.seg.SegExample;
import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/**
 * A damaged file among good ones: a refusal, or a series of which a segmentation can be written, in bounded time and memory,
 * never anything else.
 */
class DicomMutationTest {
    private static final DicomLimits SMALL = new DicomLimits(10, 1 << 20, 1 << 20);
    private static final List<TransferSyntax> SYNTAXES =
            DicomSeriesReaderTest.syntaxes().toList();

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("mutation");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 400)
    void damagedFile(
            @ForAll @IntRange(max = 4) int syntax,
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int changes,
            @ForAll boolean cut,
            @ForAll boolean multiFrame) {
        List<DataSet> images = multiFrame ? multiFrameImages() : SyntheticSeries.images(3);
        SyntheticSeries.write(folder, images.subList(0, 2), SYNTAXES.get(syntax));
        byte[] file = SyntheticSeries.file(withSequence(images.get(2)), SYNTAXES.get(syntax));
        Random random = new Random(seed);
        for (int n = 0; n < changes; n++) {
            int at = 132 + random.nextInt(file.length - 132);
            file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0xff : 0);
        }
        SyntheticSeries.write(folder.resolve("IM0"), cut ? Arrays.copyOf(file, random.nextInt(file.length)) : file);

        Throwable thrown = Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> catchThrowable(() -> segment(new DicomSeriesReader(SMALL).read(folder, Optional.empty()))));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(JobException.class);
        }
    }

    private static void segment(DicomSeries series) throws IOException {
        byte[] labels = new byte[series.volume().voxels().length];
        Arrays.fill(labels, (byte) 1);
        Path file = folder.resolve(".seg");
        LabelMap map = new LabelMap(series.volume().geometry(), labels);
        SegExample.of(series, map, SegKind.BINARY).write(file);
        assertThatArray(new SegReader().read(file, map.geometry()).labels()).isEqualTo(labels);
        Files.delete(file);
    }

    /** Three objects of two frames each. */
    private static List<DataSet> multiFrameImages() {
        List<DataSet> images = SyntheticSeries.images(6);
        return List.of(
                EnhancedImage.of(images.subList(0, 2)),
                EnhancedImage.of(images.subList(2, 4)),
                EnhancedImage.of(images.subList(4, 6)));
    }

    private static DataSet withSequence(DataSet image) {
        DataSet item = new DataSet().put(Tag.SOP_INSTANCE_UID, "1.2.3");
        DataSet outer = new DataSet().put(new Element.Items(0x00081140, List.of(item, item)));
        return image.put(new Element.Items(0x00082112, List.of(outer)));
    }
}
