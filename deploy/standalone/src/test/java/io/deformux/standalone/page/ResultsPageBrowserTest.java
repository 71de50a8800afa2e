package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.Event;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.NetworkFigures;
import io.deformux.standalone.ProgramProcess;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A person in a browser, before everything in one process. */
@Timeout(900)
class ResultsPageBrowserTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Shape3 SHAPE = new Shape3(64, 64, 48);

    @TempDir
    static Path folder;

    @Test
    void aScanIsSentWatchedLookedAtAndAFailedOneSentAgain() throws Exception {
        try (Browser browser = Browser.open()) {
            Path scan = prepared();
            try (ProgramProcess up = start()) {
                String page = printed(up, "results page: (\\S+)");
                browser.go(page);
                browser.awaitText("live");
                browser.shoot("empty");

                String job = send(browser, scan);
                browser.awaitText("completed");
                assertThat((List<?>) browser.run("return window.seen"))
                        .as("progress that was seen")
                        .isNotEmpty();
                browser.awaitText("Volumes");
                browser.requireAccessible();
                browser.shoot("result");

                look(browser, labelMap());
                browser.requireAccessible();

                failAndReplay(browser, page);
                curves(browser, printed(up, "bootstrap servers: (\\S+)"));
                PageForAll.inTheDark(browser, job);
                PageForAll.byKeyboard(browser, job);
                onAPhone(browser, job);
                assertThat(browser.complaints())
                        .filteredOn(line -> !line.contains("favicon"))
                        .isEmpty();
            }
        }
    }

    private static Path prepared() throws IOException {
        Files.createDirectories(folder.resolve("scans"));
        Files.createDirectories(folder.resolve("results"));
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        Path scan = folder.resolve("phantom.nii.gz");
        new NiftiWriter()
                .write(Phantom.generate(SHAPE, new double[] {6, 6, 6}, 1).volume(), scan);
        return scan;
    }

    private static ProgramProcess start() throws IOException {
        return ProgramProcess.start(
                Map.of(),
                folder.resolve("up.log"),
                "up",
                "--models",
                folder.resolve("models").toString(),
                "--allow-input",
                folder.resolve("scans").toString(),
                "--allow-output",
                folder.resolve("results").toString(),
                "--uploads",
                folder.resolve("scans/uploads").toString(),
                "--scratch",
                folder.resolve("scratch").toString(),
                "--data",
                folder.resolve("log").toString(),
                "--page-port",
                "0",
                "--port",
                "0");
    }

    private static String printed(ProgramProcess up, String pattern) {
        Pattern line = Pattern.compile(pattern);
        await().atMost(LONG).until(() -> line.matcher(up.printed()).find());
        try {
            Matcher matcher = line.matcher(up.printed());
            assertThat(matcher.find()).isTrue();
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uploads a scan by the form, and goes to its job; what progress is shown is kept in the page. */
    private static String send(Browser browser, Path scan) throws IOException {
        browser.run("location.hash = '#/send'");
        browser.find("#upload").sendKeys(scan.toString());
        browser.find("#model").sendKeys("tiny");
        browser.requireAccessible();
        browser.run(
                "window.seen = []; new MutationObserver(() => { const bar = document.querySelector('main progress');"
                        + " if (bar) window.seen.push(bar.value); }).observe(document.getElementById('main'),"
                        + " {childList: true, subtree: true});");
        browser.find("form button").click();
        WebElement link = browser.find("main [role=status] a");
        String job = link.getText();
        browser.run("location.hash = '#/jobs'");
        browser.awaitText(job);
        browser.shoot("running");
        browser.run("location.hash = '#/jobs/' + arguments[0]", job);
        return job;
    }

    private static Path labelMap() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            return files.filter(file -> file.endsWith("labels.nii.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Scrolls to a slice of the label map and compares the middle of something labelled, and of nothing. */
    private static void look(Browser browser, Path file) throws IOException {
        Volume labels = new NiftiReader(1 << 24).read(file);
        int[] inside = evenNeighbourhood(labels, true).orElseThrow();
        int label = Math.round(labels.voxels()[index(inside)]);
        browser.find("#open-viewer").click();
        browser.awaitText(" mm: ");
        WebElement canvas = browser.find(".viewer canvas");
        scroll(browser, inside[2]);
        browser.run("arguments[0].scrollIntoView()", canvas);
        browser.shoot("viewer");

        assertThat(near(pixel(browser, canvas, labels, inside), swatch(browser, label)))
                .as("label " + label + " at " + List.of(inside[0], inside[1], inside[2]) + " is "
                        + pixel(browser, canvas, labels, inside) + ", not " + swatch(browser, label))
                .isTrue();
        Optional<int[]> outside = evenNeighbourhood(labels, false);
        if (outside.isPresent()) {
            scroll(browser, outside.get()[2]);
            assertThat(near(pixel(browser, canvas, labels, outside.get()), Color.BLACK))
                    .isTrue();
        }
        canvas.sendKeys(Keys.ARROW_UP);
        browser.run("document.querySelectorAll('.viewer button')[2].click()");
        browser.shoot("viewer-3d");
        browser.find("#scan").sendKeys(folder.resolve("phantom.nii.gz").toString());
        browser.run("document.querySelectorAll('.viewer button')[1].click()");
        await().atMost(LONG).until(() -> browser.find("#window").isEnabled());
        browser.shoot("viewer-scan");
    }

    private static void scroll(Browser browser, int slice) {
        browser.run(
                "const s = document.getElementById('slice'); s.value = arguments[0];"
                        + " s.dispatchEvent(new Event('input'));",
                slice);
    }

    /** What is shown at a voxel, found by its place in mm. */
    private static Color pixel(Browser browser, WebElement canvas, Volume labels, int[] voxel) throws IOException {
        double[] mm = labels.geometry().affine().apply(voxel[0], voxel[1], voxel[2]);
        List<?> at = (List<?>) browser.run(
                "const v = arguments[0].viewer; v.opts.crosshairWidth = 0; v.drawScene();"
                        + " const p = v.frac2canvasPos(v.mm2frac([arguments[1], arguments[2], arguments[3]]));"
                        + " return [p[0] / arguments[0].width, p[1] / arguments[0].height];",
                canvas,
                mm[0],
                mm[1],
                mm[2]);
        BufferedImage picture = Browser.picture(canvas);
        int x = (int) (((Number) at.get(0)).doubleValue() * picture.getWidth());
        int y = (int) (((Number) at.get(1)).doubleValue() * picture.getHeight());
        return new Color(picture.getRGB(x, y));
    }

    private static Color swatch(Browser browser, int label) {
        String rgb = (String) browser.run(
                "return getComputedStyle(document.querySelectorAll('.swatch')[arguments[0] - 1]).backgroundColor",
                label);
        List<Integer> parts = Pattern.compile("[0-9]+")
                .matcher(rgb)
                .results()
                .map(one -> Integer.valueOf(one.group()))
                .toList();
        return new Color(parts.get(0), parts.get(1), parts.get(2));
    }

    private static boolean near(Color one, Color other) {
        return Math.abs(one.getRed() - other.getRed()) < 12
                && Math.abs(one.getGreen() - other.getGreen()) < 12
                && Math.abs(one.getBlue() - other.getBlue()) < 12;
    }

    /** A voxel that has the same label as all around it in its slice, so that a pixel more or less does not matter. */
    private static Optional<int[]> evenNeighbourhood(Volume labels, boolean labelled) {
        for (int k = 2; k < SHAPE.w() - 2; k++) {
            for (int i = 2; i < SHAPE.d() - 2; i++) {
                for (int j = 2; j < SHAPE.h() - 2; j++) {
                    float here = labels.voxels()[index(new int[] {i, j, k})];
                    boolean even = here != 0 == labelled;
                    for (int di = -1; di <= 1 && even; di++) {
                        for (int dj = -1; dj <= 1 && even; dj++) {
                            even = labels.voxels()[index(new int[] {i + di, j + dj, k})] == here;
                        }
                    }
                    if (even) {
                        return Optional.of(new int[] {i, j, k});
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int index(int[] voxel) {
        return (voxel[0] * SHAPE.h() + voxel[1]) * SHAPE.w() + voxel[2];
    }

    private static void failAndReplay(Browser browser, String page) throws IOException {
        browser.run(
                "const token = sessionStorage.getItem('deformux-token'); fetch('/api/scans', {method: 'POST', headers:"
                        + " {Authorization: 'Bearer ' + token, 'Content-Type': 'application/json'},"
                        + " body: JSON.stringify({jobId: 'lost', input: {uri: arguments[0], kind: 'nifti'},"
                        + " model: {name: 'tiny'}, output: arguments[1]})});",
                folder.resolve("scans/lost.nii.gz").toUri().toString(),
                folder.resolve("results").toUri().toString());
        browser.run("location.hash = '#/failures'");
        browser.awaitText("INPUT_NOT_FOUND");
        browser.requireAccessible();
        browser.shoot("failures");
        browser.find("main td button").click();
        browser.find("main td span.replayed"); // the worker of replays has done it, and said so on the topic
        browser.shoot("replayed");
        assertThat(page).contains("#token=");
    }

    /** Folds tell of themselves, as a training worker does. */
    private static void curves(Browser browser, String bootstrap) throws IOException {
        try (EventPublisher publisher = new EventPublisher(KafkaConnection.of(bootstrap), URI.create("/test"))) {
            for (int fold = 0; fold < 3; fold++) {
                for (int i = 10; i <= 100; i += 10) {
                    publisher.publish(new JobProgress(
                            "liver-fold-" + fold,
                            "training",
                            i,
                            100,
                            "iterations",
                            Optional.of(60_000L),
                            Optional.of(1.0 / (1 + i * (1 + fold) / 40.0)),
                            Optional.of(0.9 - 0.5 / (1 + i * (1 + fold) / 40.0))));
                }
            }
        }
        browser.run("location.hash = '#/trainings/liver'");
        browser.awaitText("fold 2:");
        assertThat((Long) browser.run("return document.querySelectorAll('.fold-curve').length"))
                .isEqualTo(6);
        browser.requireAccessible();
        browser.shoot("training");
        try (EventPublisher publisher = new EventPublisher(KafkaConnection.of(bootstrap), URI.create("/test"))) {
            publisher.publish(comparison());
        }
        browser.run("location.hash = '#/comparisons'");
        browser.awaitText("2 compared, 1 failed");
        browser.requireAccessible();
        browser.run("location.hash = '#/comparisons/which'");
        browser.awaitText("0.0313");
        browser.awaitText("3.50 ± 1.50 (of 7, 1 missed)");
        browser.awaitText("TRAINING_DIVERGED");
        browser.requireAccessible();
        browser.shoot("comparison");
        browser.run("location.hash = '#/models'");
        browser.awaitText("Nothing here yet");
        browser.requireAccessible();
    }

    private static Event comparison() {
        return new ComparisonCompleted(
                "which",
                "0".repeat(64),
                8,
                1000,
                1,
                List.of(
                        row("unetr", 1, 0.9, Optional.empty(), List.of(0.9, 0.1)),
                        row("ux-net", 2, 0.8, Optional.of(0.03125), List.of(0.1, 0.9))),
                List.of(new FailedNetwork(
                        "transbts", "which-transbts", "TRAINING_DIVERGED", "Lower the learning rate.")),
                List.of(),
                90_000);
    }

    private static NetworkFigures row(String name, int rank, double dice, Optional<Double> p, List<Double> shares) {
        FigureSummary figure = new FigureSummary(Optional.of(dice), Optional.of(0.05), 8, 1);
        FigureSummary distance = new FigureSummary(Optional.of(3.5), Optional.of(1.5), 7, 1);
        return new NetworkFigures(
                name,
                name,
                "which-" + name,
                rank,
                92_000_000,
                82_500_000_000L,
                figure,
                distance,
                figure,
                List.of(new LabelFigures(1, "liver", figure, distance, figure)),
                p.map(any -> 8),
                p,
                p,
                shares,
                60_000,
                1_500.5,
                Optional.of(900_000_000L),
                new ModelVersion("organs-" + name, "1", "0".repeat(64)),
                URI.create("file:///models/organs-" + name + "/1/"));
    }

    private static void onAPhone(Browser browser, String job) throws IOException {
        browser.resize(412, 900);
        browser.run("location.hash = '#/jobs'");
        browser.awaitText(job);
        browser.requireAccessible();
        browser.shoot("phone");
        assertThat((Boolean) browser.run(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("fits without scrolling sideways")
                .isTrue();
    }
}
