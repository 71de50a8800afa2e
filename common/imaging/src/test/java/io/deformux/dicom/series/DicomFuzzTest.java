package io.deformux.dicom.series;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.ScratchFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DICOM files, damaged in any way, alone and among good ones: data, or a refusal that is documented. */
@org.junit.jupiter.api.Tag("fuzz")
class DicomFuzzTest {
    private static final int MOST = 1 << 20;
    private static final DicomLimits LIMITS = new DicomLimits(10, MOST, 1 << 16);

    /** What a deflated data set may come to, and its elements as objects. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(16L * MOST, 256);

    /** Value representations, items and their ends, lengths that are not known, tags that decide much. */
    private static final List<byte[]> TOKENS = Stream.of(
                    ("5351 4f42 4f57 554e 5554 5553 4453 4953 5549 4145 feff00e0ffffffff feff0de000000000 feffdde000000000"
                                    + " ffffffff e07f1000 e07f0800 28001000 28001100 28000001 28000800 20003200 20003700 00522992 00523092 02001000 2900101053510000")
                            .split(" "))
            .map(HexFormat.of()::parseHex)
            .toList();

    static Stream<FuzzTarget> targets() {
        ScratchFolder alone = new ScratchFolder();
        ScratchFolder single = new ScratchFolder();
        ScratchFolder among = new ScratchFolder();
        SyntheticSeries.write(among.path(), SyntheticSeries.images(3).subList(0, 2));
        return Stream.of(
                target("dicom-file", seeds(), bytes -> readFile(alone.write("file", bytes))),
                target("dicom-series", seeds(), bytes -> readSeries(among, bytes)),
                target("dicom-multi-frame", multiFrame(), bytes -> readSeries(single, bytes)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInASeriesOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    /** All of a file, as the parts of a series reader look at it. */
    private static void readFile(Path path) {
        Optional<DicomFile> opened = DicomFile.open(path, MOST);
        if (opened.isEmpty()) {
            return;
        }
        try (DicomFile file = opened.get()) {
            file.header();
            if (file.hasPixelData()) {
                file.pixelData(MOST);
            }
        }
    }

    private static void readSeries(ScratchFolder folder, byte[] bytes) {
        folder.write("IM0", bytes);
        new DicomSeriesReader(LIMITS).read(folder.path(), Optional.empty(), Optional.empty(), UnevenSlices.RESAMPLE);
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, FuzzTarget.Reading reading) {
        return new FuzzTarget(name, seeds, TOKENS, DicomFuzzTest::isRefusal, MEMORY, reading);
    }

    /** The third slice in every syntax that is written here, with sequences. */
    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (TransferSyntax syntax : DicomSeriesReaderTest.syntaxes().toList()) {
            seeds.add(
                    SyntheticSeries.file(withSequence(SyntheticSeries.images(3).get(2)), syntax));
        }
        return seeds;
    }

    private static List<byte[]> multiFrame() {
        DataSet object = EnhancedImage.of(SyntheticSeries.images(3));
        return List.of(SyntheticSeries.file(object), SyntheticSeries.file(object, TransferSyntax.DEFLATED));
    }

    private static DataSet withSequence(DataSet image) {
        DataSet item = new DataSet().put(Tag.SOP_INSTANCE_UID, "1.2.3");
        DataSet outer = new DataSet().put(new Element.Items(0x00081140, List.of(item, item)));
        return image.put(new Element.Items(0x00082112, List.of(outer)));
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code().failureClass() == FailureClass.BAD_JOB;
    }
}
