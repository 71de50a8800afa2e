package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** Debian's Chromium without a window; tests are skipped where it is missing. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final int MOST_TABS = 60;
    private static final Duration LONG = Duration.ofMinutes(4);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(String... further) {
        assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "no chromium with its driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--window-size=1280,1100");
        options.addArguments(further);
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(LONG);
        return new Browser(driver);
    }

    void go(String address) {
        driver.get(address);
    }

    /** As a phone of 390 x 844 points shows it, or as a desk does. */
    void beAPhone(boolean phone) {
        if (phone) {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        } else {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** What the scripts of the page hold, in bytes, after what nobody needs was collected. */
    long scriptBytes() {
        driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        driver.executeCdpCommand("Performance.enable", Map.of());
        List<?> metrics = (List<?>)
                driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
        return metrics.stream()
                .map(metric -> (Map<?, ?>) metric)
                .filter(metric -> metric.get("name").equals("JSHeapUsedSize"))
                .map(metric -> ((Number) metric.get("value")).longValue())
                .findFirst()
                .orElseThrow();
    }

    /** The process that shows the page; the others of a browser are there without one too. */
    static long rendererPid() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .filter(pid -> ProcessMemory.command(pid).contains("--type=renderer"))
                .max(Comparator.comparingLong(ProcessMemory::ownBytes))
                .orElseThrow();
    }

    /** The first element that fits, as soon as there is one. */
    WebElement find(String selector) {
        await().atMost(LONG)
                .until(() -> !driver.findElements(By.cssSelector(selector)).isEmpty());
        return driver.findElement(By.cssSelector(selector));
    }

    /** Waits until the text stands somewhere on the page. */
    void awaitText(String text) {
        await().atMost(LONG)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(
                        () -> assertThat(driver.findElement(By.tagName("body")).getText())
                                .contains(text));
    }

    /** Waits until the text of an element is another. */
    void awaitOtherText(String selector, String before) {
        await().atMost(LONG).until(() -> !before.equals(find(selector).getText()));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** As somebody's setting for pages is. */
    void preferDark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Presses a key wherever the focus is. */
    void press(CharSequence key) {
        new Actions(driver).sendKeys(key).perform();
    }

    /** Waits until an element that fits has the focus. */
    void awaitFocus(String selector) {
        await().atMost(LONG)
                .until(() -> (Boolean) run("return document.activeElement.matches(arguments[0])", selector));
    }

    /** Presses Tab until an element that fits has the focus, each time where it can be seen. */
    void tabTo(String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            press(Keys.TAB);
            Boolean seen = (Boolean) run("const e = document.activeElement; return e === document.body"
                    + " || getComputedStyle(e).outlineStyle !== 'none';");
            assertThat(seen)
                    .as("focus can be seen on %s", run("return document.activeElement.outerHTML.slice(0, 200)"))
                    .isTrue();
            if ((Boolean) run("return document.activeElement.matches(arguments[0])", selector)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    /** What the browser complained of. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** A picture of the whole page, to be looked at. */
    void shoot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Object picture = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip()))
                .get("data");
        Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode((String) picture));
    }

    private Map<String, Object> clip() {
        Number width = (Number) run("return innerWidth");
        Number height = (Number) run("return Math.max(innerHeight, document.documentElement.scrollHeight)");
        return Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    }

    /** What stands on the page. */
    String text() {
        return (String) run("return document.getElementById('main').innerText");
    }

    static BufferedImage picture(WebElement element) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(element.getScreenshotAs(OutputType.BYTES)));
    }

    /** That axe-core finds nothing serious on the page as it is. */
    void requireAccessible() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream(AXE)) {
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run().then(r => done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => ({id: v.id, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary)}))));");
        assertThat((List<?>) found).as("of axe-core").isEqualTo(List.of());
    }

    @Override
    public void close() {
        driver.quit();
    }
}
