package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.model.ModelId;
import io.deformux.model.ModelStore;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.ProgramProcess;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.standalone.packaging.RandomModel;
import io.deformux.testing.format.Archives;
import io.deformux.transform.Preset;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A person in a browser, before everything in one process. */
@Timeout(1200)
class ResultsPageBrowserTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Shape3 SHAPE = new Shape3(96, 96, 64);
    private static final String TRAINING = "phantoms-1";

    @TempDir
    static Path folder;

    private final Volume scan =
            Phantom.generate(SHAPE, new double[] {4, 4, 4}, 1).volume();

    @Test
    void aScanIsSentWatchedLookedAtAFailedOneSentAgainAndAModelTrained() throws Exception {
        try (Browser browser = Browser.open()) {
            prepare();
            try (ProgramProcess up = start()) {
                String page = printed(up, "results page: (\\S+)");
                assertThat(page).contains("#token=");
                String kafka = printed(up, "bootstrap servers: (\\S+)");
                browser.go(page);
                browser.awaitText("live");
                browser.shoot("empty");

                String job = send(browser);
                lookAt(browser);
                train(kafka);
                try (EventPublisher publisher = new EventPublisher(KafkaConnection.of(kafka), URI.create("/test"))) {
                    progressMoves(browser, publisher);
                    eachFoldHasItsCurves(browser, publisher);
                    publisher.publish(ShownResults.comparison());
                }
                failAndReplay(browser);
                String model = aModelSaysWhatItWasMadeOf(browser);

                PageForAll forAll = new PageForAll(browser, views(job, model));
                forAll.inLightAndInTheDark();
                try (EventPublisher publisher = new EventPublisher(KafkaConnection.of(kafka), URI.create("/test"));
                        BusyWorker worker = new BusyWorker(publisher)) {
                    forAll.byKeyboard(job);
                }
                aPageThatIsStartedLateShowsTheSame(browser, forAll, kafka);
            }
        }
    }

    private static void requireNoComplaints(Browser browser) {
        assertThat(browser.complaints())
                .filteredOn(line -> !line.contains("favicon"))
                .isEmpty();
    }

    /** Of every kind one, with something on it. */
    private static Map<String, String> views(String job, String model) {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("jobs", "Scans, the newest first");
        views.put("jobs/" + job, "Volumes");
        views.put("trainings", "Trainings, the newest first");
        views.put("trainings/liver", "fold 2:");
        views.put("trainings/" + TRAINING, "Dice of each label over the folds");
        views.put("comparisons", "2 compared, 1 failed");
        views.put("comparisons/which", "3.50 ± 1.50 (of 7, 1 missed)");
        views.put("models", "Published models, the newest first");
        views.put("models/" + model, "What it is");
        views.put("failures", "What failed, the newest first");
        views.put("send", "Send a scan");
        return views;
    }

    /** A model that takes some seconds for the scan, the scan as a series in an archive, and a data set. */
    private void prepare() throws IOException {
        Files.createDirectories(folder.resolve("results"));
        new RandomModel(
                        new ModelId("random", "1"),
                        Preset.KITS,
                        new DeformUxNetConfig(
                                1, Preset.KITS.classes().size(), List.of(8, 8, 16, 16), List.of(1, 1, 1, 1), 16, 3),
                        new WindowDefaults(List.of(32, 32, 32), 0.5, "constant"),
                        5)
                .write(folder.resolve("models/random/1"));
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(folder.resolve("scans/phantoms"), 4);
        new NiftiWriter().write(scan, folder.resolve("phantom.nii.gz"));
        new DicomSeriesWriter().write(folder.resolve("series"), scan, "page");
        Files.write(folder.resolve("series.zip"), Archives.zip(zip -> {
            for (int k = 1; k <= SHAPE.w(); k++) {
                String name = String.format("%04d.dcm", k);
                Archives.add(
                        zip,
                        new ZipArchiveEntry(name),
                        Files.readAllBytes(folder.resolve("series").resolve(name)));
            }
        }));
    }

    private static ProgramProcess start() throws IOException {
        return ProgramProcess.start(
                Map.of(),
                folder.resolve("up.log"),
                "up",
                "--models=" + folder.resolve("models"),
                "--allow-input=" + folder.resolve("scans"),
                "--allow-output=" + folder.resolve("results"),
                "--uploads=" + folder.resolve("scans/uploads"),
                "--scratch=" + folder.resolve("scratch"),
                "--data=" + folder.resolve("log"),
                "--tta=flips",
                "--page-port=0",
                "--port=0");
    }

    private static String printed(ProgramProcess program, String pattern) throws IOException {
        Pattern line = Pattern.compile(pattern);
        await().atMost(LONG).until(() -> line.matcher(program.printed()).find());
        Matcher matcher = line.matcher(program.printed());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Uploads the series by the form, and looks on at its job until that is done. */
    private static String send(Browser browser) throws IOException {
        browser.run("location.hash = '#/send'");
        browser.find("#upload").sendKeys(folder.resolve("series.zip").toString());
        browser.find("#model").sendKeys("random");
        keepProgress(browser);
        browser.find("form button").click();
        WebElement link = browser.find("main [role=status] a");
        String job = link.getText();
        browser.run("location.hash = '#/jobs'");
        browser.awaitText(job);
        browser.run("location.hash = '#/jobs/' + arguments[0]", job);
        browser.awaitText("windows");
        browser.shoot("running");
        browser.awaitText("completed");
        assertThat(seen(browser))
                .as("progress that was seen")
                .isSorted()
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
        browser.awaitText("Volumes");
        return job;
    }

    /** Notes each other value that the page's bar has from now on. */
    private static void keepProgress(Browser browser) {
        browser.run("window.seen = []; new MutationObserver(() => {"
                + " const bar = document.querySelector('main progress');"
                + " if (bar && bar.value !== window.seen.at(-1)) window.seen.push(bar.value);"
                + " }).observe(document.getElementById('main'), {childList: true, subtree: true});");
    }

    private static List<Double> seen(Browser browser) {
        return ((List<?>) browser.run("return window.seen"))
                .stream().map(value -> ((Number) value).doubleValue()).toList();
    }

    private void lookAt(Browser browser) throws IOException {
        Path labels;
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            labels = files.filter(file -> file.endsWith("labels.nii.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        // As converters store a series; the phantom has its rows back afterwards.
        Volume converted = new Volume(scan.geometry(), scan.voxels().clone()).reverseRows();
        ViewerCheck viewer = ViewerCheck.open(browser, labels, converted);
        viewer.labelsAreWhereTheyAre();
        viewer.theScanLiesUnderThem();
        browser.requireAccessible();
        viewer.takesAScanFromTheDiskAndTurns(folder.resolve("phantom.nii.gz"));
    }

    /** A training that a worker does. */
    private static void train(String kafka) {
        int code = Deformux.commandLine()
                .execute(
                        "send",
                        "training",
                        "--bootstrap-servers=" + kafka,
                        "--training-id=" + TRAINING,
                        "--dataset=" + folder.resolve("scans/phantoms"),
                        "--output=" + folder.resolve("results"),
                        "--model=organs",
                        "--window=-125,275",
                        "--folds=2",
                        "--iterations=4",
                        "--validation-interval=2",
                        "--roi=32,32,32",
                        "--feature-sizes=4,4,4,4",
                        "--depths=1,1,1,1",
                        "--hidden=8");
        assertThat(code).isZero();
    }

    /** Of a job that nobody does, so that each step can be waited for. */
    private static void progressMoves(Browser browser, EventPublisher publisher) {
        publisher.publish(ShownResults.progress("watched", 3));
        browser.run("location.hash = '#/jobs/watched'");
        browser.awaitText("inference 3/10 windows, 4 s left");
        keepProgress(browser);
        for (int done : new int[] {5, 8}) {
            publisher.publish(ShownResults.progress("watched", done));
            browser.awaitText("inference " + done + "/10 windows");
            assertThat(browser.find("main progress").getAttribute("aria-label"))
                    .isEqualTo("inference: " + done + "0 %");
        }
        assertThat(seen(browser)).containsExactly(5.0, 8.0);
        publisher.publish(ShownResults.completed("watched", "label-map"));
        browser.awaitText("label number 15");
        browser.awaitText("completed");
    }

    /** Folds tell of themselves, as a training worker does: a curve of loss and one of Dice for each. */
    private static void eachFoldHasItsCurves(Browser browser, EventPublisher publisher) {
        for (int fold = 0; fold < 3; fold++) {
            for (int i = 10; i <= 100; i += 10) {
                publisher.publish(ShownResults.fold(fold, i));
            }
        }
        browser.run("location.hash = '#/trainings/liver'");
        for (int fold = 0; fold < 3; fold++) {
            browser.awaitText("fold %d: %.3f".formatted(fold, ShownResults.dice(fold, 100)));
        }
        List<?> curves = (List<?>) browser.run("return [...document.querySelectorAll('.fold-curve')].map(curve =>"
                + " curve.getAttribute('d').slice(1).split('L').map(point => Number(point.split(',')[1])))");
        assertThat(curves).hasSize(6).doesNotHaveDuplicates().allSatisfy(curve -> assertThat((List<?>) curve)
                .hasSize(10));
        assertThat((List<?>) browser.run("return [...document.querySelectorAll('.fold-curve')].slice(0, 3).map(curve =>"
                        + " getComputedStyle(curve).stroke)"))
                .doesNotHaveDuplicates()
                .noneMatch("none"::equals);
        // The first three are of the loss, which goes down the picture; the y axis of which goes down too.
        assertThat(heights(curves.get(0))).isSorted();
        assertThat(heights(curves.get(3)).stream().map(y -> -y)).isSorted();
    }

    private static List<Double> heights(Object curve) {
        return ((List<?>) curve)
                .stream().map(value -> ((Number) value).doubleValue()).toList();
    }

    /** A scan that is not there fails; once it is there, Replay brings its result. */
    private static void failAndReplay(Browser browser) throws IOException {
        Path lost = folder.resolve("scans/lost.nii.gz");
        browser.run(
                "const token = sessionStorage.getItem('deformux-token'); fetch('/api/scans', {method: 'POST', headers:"
                        + " {Authorization: 'Bearer ' + token, 'Content-Type': 'application/json'},"
                        + " body: JSON.stringify({jobId: 'lost', input: {uri: arguments[0], kind: 'nifti'},"
                        + " model: {name: 'random'}, output: arguments[1]})});",
                lost.toUri().toString(),
                folder.resolve("results").toUri().toString());
        browser.run("location.hash = '#/failures'");
        browser.awaitText("INPUT_NOT_FOUND");
        browser.requireAccessible();
        browser.shoot("failures");
        new NiftiWriter()
                .write(
                        Phantom.generate(new Shape3(40, 40, 32), new double[] {8, 8, 8}, 2)
                                .volume(),
                        lost);
        browser.tabTo("main td button");
        browser.press(Keys.ENTER);
        browser.find("main td span.replayed"); // the worker of replays has done it, and said so on the topic
        browser.run("location.hash = '#/jobs/lost'");
        browser.awaitText("Volumes");
    }

    /** Name and version, as its address has them. */
    private static String aModelSaysWhatItWasMadeOf(Browser browser) {
        browser.run("location.hash = '#/models'");
        browser.awaitText("organs");
        String version = new ModelStore(folder.resolve("models"))
                .resolve("organs", Optional.empty())
                .version();
        browser.find("main td a").click();
        browser.awaitText("Voxel spacing");
        assertThat(browser.text())
                .contains("organs " + version)
                .contains("deform-uxnet, ")
                .contains(" parameters")
                .contains("phantoms")
                .contains("window -125 to 275 HU")
                .contains("liver", "spleen", "kidneys", "aorta", "spine");
        assertThat((Long) browser.run("return [...document.querySelectorAll('caption')].find(caption =>"
                        + " caption.textContent === 'Folds').parentElement.tBodies[0].rows.length"))
                .isEqualTo(2);
        browser.find("main p a").click();
        browser.awaitText("Dice of each label over the folds");
        assertThat(browser.text()).startsWith(TRAINING).contains("organs " + version);
        return "organs/" + version;
    }

    private static void aPageThatIsStartedLateShowsTheSame(Browser browser, PageForAll forAll, String kafka)
            throws Exception {
        Map<String, String> before = forAll.texts();
        requireNoComplaints(browser);
        try (ProgramProcess late = ProgramProcess.start(
                Map.of(),
                folder.resolve("late.log"),
                "results-page",
                "--bootstrap-servers=" + kafka,
                "--allow-output=" + folder.resolve("results"),
                "--page-port=0")) {
            String token = (String) browser.run("return sessionStorage.getItem('deformux-token')");
            browser.go(printed(late, "results page: (\\S+)"));
            browser.run("sessionStorage.setItem('deformux-token', arguments[0])", token);
            browser.awaitText("live");
            await().atMost(LONG).untilAsserted(() -> assertThat(forAll.texts()).isEqualTo(before));
            requireNoComplaints(browser);
        }
    }
}
