package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.Optimizer;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.storage.AccessPolicy;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.testing.FirstStart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What a data set says of its patients beside the names of its cases, in the folders above it and in every text of its
 * images, is in nothing that training leaves behind or says: folds that succeed and that fail, and a search for markers in
 * events, progress, logs, names and bytes of files.
 */
@Timeout(180)
class NothingOfThePatientsTest {
    private static final String MARK = "QZMARK";
    private static final Shape3 SHAPE = new Shape3(40, 36, 32);
    /** Places and sizes of the texts in a NIfTI-1 header: data_type, db_name, descrip, aux_file, intent_name. */
    private static final int[][] TEXTS = {{4, 10}, {14, 18}, {148, 80}, {228, 24}, {328, 16}};

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.deformux");
    private final Lines log = new Lines();
    private final FirstStart context = new FirstStart();
    private final List<Event> said = context.said();
    private Path dataset;
    private Path output;
    private FoldHandler handler;

    /** All that the log has of a line. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            all.add(line.getFormattedMessage()
                    + line.getMDCPropertyMap()
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy())));
        }
    }

    @BeforeEach
    void makeDataset() throws IOException {
        dataset = Files.createDirectories(folder.resolve("in/" + MARK + "^DOE^JANE/set"));
        output = Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(dataset.resolve("imagesTr"));
        Files.createDirectories(dataset.resolve("labelsTr"));
        for (int n = 0; n < 4; n++) {
            writeCase(n);
        }
        handler = new FoldHandler(TrainingFoldRunner.create(
                AccessPolicy.files(List.of(folder.resolve("in")), List.of(output)),
                folder.resolve("scratch"),
                "cpu",
                "test",
                TrainingFoldRunner.STAGE_LIMIT));
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void hush() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void aTrainedFoldTellsNothingOfThem() throws Exception {
        said.addAll(handler.handle(request("good", dataset.toUri()), context));

        assertThat(said).last().isInstanceOf(TrainingFoldCompleted.class);
        assertSilent();
    }

    @Test
    void foldsThatFailTellNothingOfThem() throws Exception {
        fail(request("nowhere", dataset.resolveSibling("absent").toUri()));
        fail(request("outside", folder.resolve("elsewhere-" + MARK).toUri()));

        Path label = dataset.resolve("labelsTr/c1.nii");
        byte[] right = Files.readAllBytes(label);
        Files.write(label, new byte[400]);
        fail(request("damaged", dataset.toUri()));
        Files.delete(label);
        fail(request("incomplete", dataset.toUri()));
        right[right.length - 1] = 9;
        Files.write(label, right);
        fail(request("unknown-label", dataset.toUri()));
        Files.writeString(dataset.resolve("dataset.json"), "{\"name\": \"" + MARK + "\"");
        fail(request("no-listing", dataset.toUri()));

        assertThat(said).hasSizeGreaterThanOrEqualTo(6);
        assertSilent();
    }

    private void fail(TrainingFoldRequested request) throws Exception {
        try {
            said.addAll(handler.handle(request, context));
            throw new AssertionError(request.trainingId() + " did not fail");
        } catch (JobException e) {
            said.add(handler.failed(request, e, 1));
        }
    }

    private void assertSilent() throws IOException {
        EventCodec codec = new EventCodec();
        for (Event event : said) {
            assertThat(text(codec.toJson(event).getBytes(StandardCharsets.UTF_8)))
                    .doesNotContainIgnoringCase(MARK);
        }
        assertThat(log.all).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase(MARK));
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.toList()) {
                assertThat(output.relativize(file).toString()).doesNotContainIgnoringCase(MARK);
                if (Files.isRegularFile(file)) {
                    assertThat(text(Files.readAllBytes(file)).contains(MARK))
                            .as(output.relativize(file).toString())
                            .isFalse();
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private TrainingFoldRequested request(String id, URI data) {
        TrainingSpec spec = new TrainingSpec(
                data,
                PreprocessingSpec.explicit(
                        new ExplicitPreprocessing(Optional.empty(), -100, 200, Optional.empty(), Optional.empty())),
                Split.drawn(2),
                new NetworkShape(List.of(4, 4, 4, 4), List.of(1, 1, 1, 1), 8, 3).architecture(),
                new TrainingSettings(2, 2, 1, 1, List.of(32, 32, 32), 1e-3, Optimizer.ADAMW, 0.01, true),
                7,
                Optional.empty());
        return new TrainingFoldRequested(
                id, 0, spec, "boxes", output.resolve(id).toUri());
    }

    private void writeCase(int number) throws IOException {
        Geometry geometry = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
        float[] hu = new float[SHAPE.length()];
        byte[] labels = new byte[hu.length];
        for (int n = 0; n < hu.length; n++) {
            int i = n / (SHAPE.h() * SHAPE.w());
            labels[n] = (byte) (i > 10 + number && i < 25 ? 1 : 0);
            hu[n] = labels[n] * 100 + n % 20;
        }
        new NiftiWriter().write(new Volume(geometry, hu), dataset.resolve("imagesTr/c" + number + ".nii"));
        new NiftiWriter().write(new LabelMap(geometry, labels), dataset.resolve("labelsTr/c" + number + ".nii"));
        writeTexts(dataset.resolve("imagesTr/c" + number + ".nii"));
        writeTexts(dataset.resolve("labelsTr/c" + number + ".nii"));
    }

    private static void writeTexts(Path file) throws IOException {
        try (RandomAccessFile header = new RandomAccessFile(file.toFile(), "rw")) {
            for (int[] text : TEXTS) {
                header.seek(text[0]);
                header.write((MARK + "^".repeat(80)).substring(0, text[1] - 1).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
