package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.ResultsPage;
import io.deformux.results.ResultsPageConfig;
import io.deformux.results.web.Gate;
import io.deformux.results.web.Page;
import io.deformux.results.web.Token;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.schemas.LabelVolume;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.AddressBlock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A person in a browser while workers tell of themselves; the page alone, without any worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LivePageTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MOST_LISTENERS = 64;
    private static final String TOKEN = "a-token-for-the-tests";

    @TempDir
    static Path folder;

    private Browser browser;
    private EmbeddedBroker broker;
    private KafkaConnection kafka;
    private EventPublisher publisher;
    private ResultsPage page;

    @BeforeAll
    void start() {
        browser = Browser.open();
        broker = EmbeddedBroker.start(folder.resolve("log"));
        kafka = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(kafka, TopicSetup.topics());
        publisher = new EventPublisher(kafka, URI.create("/test"));
        page = ResultsPage.start(config(Gate.loopback()), WebhookObserver.NONE);
        publisher.publish(ShownResults.completed("done", "label-map"));
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {page, publisher, broker, browser}) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ResultsPageConfig config(Gate gate) {
        return new ResultsPageConfig(
                kafka,
                new InetSocketAddress("127.0.0.1", 0),
                100,
                AccessPolicy.files(List.of(), List.of(folder)),
                folder.resolve("scratch"),
                new Page.Rights(gate, Optional.of(new Token(TOKEN)), Optional.empty()),
                Optional.empty());
    }

    @Test
    void theFocusAndWhatIsTypedStayWhileJobsRun() {
        open(page, "#/jobs");
        browser.awaitText("done");
        try (BusyWorker worker = new BusyWorker(publisher)) {
            countRenewals();
            browser.tabTo("main td a[href='#/jobs/done']");
            awaitRenewals(3);
            assertThat((Boolean) browser.run("return document.activeElement.matches(\"td a[href='#/jobs/done']\")"))
                    .as("the link keeps the focus")
                    .isTrue();

            browser.run("document.getElementById('q').focus()");
            StringBuilder typed = new StringBuilder();
            for (long before = renewals(); renewals() < before + 3; typed.append('x')) {
                browser.press("x");
            }
            assertThat(browser.run("return document.getElementById('q').value")).isEqualTo(typed.toString());
            browser.awaitFocus("#q");
            browser.awaitText("Nothing here yet.");
        }
    }

    @Test
    void whatTheNetworkWasLeastSureOfComesFirstWhereThatIsAskedFor() throws IOException {
        publisher.publish(ShownResults.found(
                ShownResults.completed("doubted", "measurements"),
                label(1, "spleen", Optional.of(0.95), Optional.of(0.01)),
                label(2, "cyst", Optional.empty(), Optional.empty()),
                label(3, "tumour", Optional.of(0.6125), Optional.of(0.25)),
                label(4, "liver", Optional.of(0.9), Optional.of(0.02))));
        open(page, "#/jobs/doubted");
        browser.awaitText("Volumes");
        assertThat(browser.text()).contains("Disagreement", "25.0 %", "61.3 %");
        assertThat(names()).containsExactly("spleen", "cyst", "tumour", "liver");
        browser.requireAccessible();

        browser.tabTo("#least-sure");
        browser.press(Keys.ENTER);
        assertThat(names()).containsExactly("tumour", "liver", "spleen", "cyst");
        browser.awaitFocus("#least-sure");
        browser.press(Keys.ENTER);
        assertThat(names()).containsExactly("spleen", "cyst", "tumour", "liver");
    }

    private static LabelVolume label(
            int value, String name, Optional<Double> confidence, Optional<Double> disagreement) {
        return new LabelVolume(
                value,
                name,
                10,
                1,
                Optional.empty(),
                Optional.empty(),
                confidence,
                confidence.map(sure -> 1 - sure),
                disagreement);
    }

    private List<String> names() {
        Object names = browser.run("return [...document.querySelectorAll('[aria-label=Volumes] tbody td:first-child')]"
                + ".map(cell => cell.textContent)");
        return ((List<?>) names).stream().map(String::valueOf).toList();
    }

    @Test
    void whereAnybodyMayLookTheTokenIsGivenForWhatIsPublished() {
        open(page, "#/failures");
        browser.awaitText("Replaying needs the token of the page.");
        browser.run("location.hash = '#/send'");
        browser.awaitText("This needs the token of the page.");
        assertThat(browser.find("main form button").isEnabled()).isFalse();

        giveToken("not-the-token-of-the-page");
        browser.awaitText("This is not the token of the page.");
        giveToken(TOKEN);
        await().atMost(LONG)
                .until(() -> !browser.text().contains("needs the token")
                        && browser.find("main form button").isEnabled());
        browser.run("location.hash = '#/failures'");
        browser.awaitText("Nothing here yet.");
        assertThat(browser.text()).doesNotContain("needs the token");
    }

    /** As after a restart of the page with another one. */
    @Test
    void aTokenThatIsNoneAnyMoreIsAskedForAnew() {
        open(page, "#/jobs");
        browser.run("sessionStorage.setItem('deformux-token', 'the-token-of-yesterday')");
        open(page, "?again#/send");

        browser.awaitText("This needs the token of the page.");
    }

    @Test
    void whomTheProxyDoesNotNameIsNotAskedForATokenThatWouldNotHelp() {
        Gate gate = Gate.proxy("X-User", List.of(AddressBlock.parse("127.0.0.1")));
        try (ResultsPage proxied = ResultsPage.start(config(gate), WebhookObserver.NONE)) {
            browser.go("http://127.0.0.1:" + proxied.address().getPort() + "/");

            browser.awaitText("open it by the proxy");
            assertThat((Boolean) browser.run("return document.getElementById('token') === null"))
                    .isTrue();
        }
    }

    @Test
    void whatFailsLateDoesNotReplaceWhatSomebodyWentOnTo() {
        open(page, "#/models");
        browser.run("const real = window.fetch; window.fetch = (path, given) => path.includes('slow')"
                + " ? new Promise(done => { window.answer = done; }).then(() => real(path, given)) : real(path, given);"
                + " location.hash = '#/jobs/slow';");
        await().atMost(LONG).until(() -> (Boolean) browser.run("return window.answer !== undefined"));
        browser.run("location.hash = '#/comparisons'");
        browser.awaitText("0 in all");
        browser.run("window.answer()");
        await().atMost(LONG).until(() -> (Boolean) browser.run("return performance.getEntriesByType('resource')"
                + ".some(entry => entry.name.endsWith('/api/jobs/slow'))"));

        assertThat(browser.text()).startsWith("Comparisons");
    }

    /** As a proxy refuses it too, while the page behind it starts again. */
    @Test
    void changesAreHeardAgainAfterTheyWereRefused() throws Exception {
        try (ResultsPage full = ResultsPage.start(config(Gate.loopback()), WebhookObserver.NONE)) {
            List<InputStream> others = new ArrayList<>();
            HttpRequest events = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + full.address().getPort() + "/api/events"))
                    .build();
            for (int i = 0; i < MOST_LISTENERS; i++) {
                others.add(HttpClient.newHttpClient()
                        .send(events, HttpResponse.BodyHandlers.ofInputStream())
                        .body());
            }
            browser.go("http://127.0.0.1:" + full.address().getPort() + "/");
            browser.awaitText("not connected, trying again");
            for (InputStream other : others) {
                other.close();
            }
            publisher.publish(ShownResults.progress("busy", 1)); // those who are gone are missed when they are told

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(browser.find("#live").getText()).isEqualTo("live"));
        }
    }

    @Test
    void aPageThatNobodyLooksAtHoldsNoConnectionAndIsRightOnceItIsLookedAt() {
        open(page, "#/jobs");
        hide(true);
        browser.awaitText("paused");
        publisher.publish(ShownResults.progress("begun-meanwhile", 1));
        hide(false);

        browser.awaitText("begun-meanwhile");
        assertThat(browser.find("#live").getText()).isEqualTo("live");
    }

    /** As another tab in front of it does. */
    private void hide(boolean hidden) {
        browser.run(
                "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
                        + " document.dispatchEvent(new Event('visibilitychange'));",
                hidden);
    }

    /** It is not made anew, with its viewer, for what has changed in the list before. */
    @Test
    void aResultThatSomebodyGoesToStaysAsItIsWhileOthersRun() {
        try (BusyWorker worker = new BusyWorker(publisher)) {
            open(page, "#/jobs");
            browser.awaitText("done");
            countRenewals();
            awaitRenewals(2);
            // Within the wait between a change and the list made anew.
            browser.run("window.heard = 0; new EventSource('/api/events').addEventListener('change', () => {"
                    + " if (window.heard++ === 1) setTimeout(() => { location.hash = '#/jobs/done'; }, 100); });");
            browser.find("#open-viewer");
            browser.run("document.getElementById('open-viewer').dataset.same = 'yes'; window.heard = 2");
            await().atMost(LONG).until(() -> (Boolean) browser.run("return window.heard > 4"));
            assertThat(browser.find("#open-viewer").getAttribute("data-same")).isEqualTo("yes");
        }
    }

    private void giveToken(String token) {
        browser.run("document.getElementById('token').value = ''");
        browser.find("#token").sendKeys(token, Keys.ENTER);
    }

    private void open(ResultsPage of, String view) {
        browser.go("http://127.0.0.1:" + of.address().getPort() + "/" + view);
        browser.awaitText("live");
    }

    private void countRenewals() {
        browser.run("window.renewals = 0; new MutationObserver(() => window.renewals++)"
                + ".observe(document.getElementById('main'), {childList: true});");
    }

    private long renewals() {
        return (Long) browser.run("return window.renewals");
    }

    private void awaitRenewals(int further) {
        long before = renewals();
        await().atMost(LONG).until(() -> renewals() >= before + further);
    }
}
