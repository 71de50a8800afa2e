package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openqa.selenium.Keys;

/**
 * What each page has to be for everybody: light and dark, on a desk and on a phone, and with a keyboard alone.
 *
 * @param browser where they are shown
 * @param views the pages, each with something on it: what follows the # of the address, and what stands there then
 */
record PageForAll(Browser browser, Map<String, String> views) {
    /** Where the viewer says which slice it shows. */
    private static final String SLICE = ".viewer [role=status]";

    /** Axe-core finds nothing serious on any page, and none has to be moved sideways. */
    void inLightAndInTheDark() throws IOException {
        lookAtAll("light");
        browser.preferDark(true);
        browser.beAPhone(true);
        lookAtAll("dark-phone");
        browser.beAPhone(false);
        browser.preferDark(false);
    }

    private void lookAtAll(String mode) throws IOException {
        for (Map.Entry<String, String> view : views.entrySet()) {
            show(view.getKey());
            browser.requireAccessible();
            assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("%s fits without scrolling sideways, %s", view.getKey(), mode)
                    .isTrue();
            browser.shoot(mode + "-" + view.getKey().replaceAll("/.*", "-one"));
        }
    }

    /** What stands on each page. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        views.forEach((view, text) -> {
            show(view);
            texts.put(view, browser.text());
        });
        return texts;
    }

    private void show(String view) {
        browser.run("location.hash = '#/' + arguments[0]", view);
        browser.awaitText(views.get(view));
    }

    /** From the list to a result and its viewer, and from a model to the curves of its training, without a mouse. */
    void byKeyboard(String job) throws IOException {
        browser.run("location.hash = '#/failures'");
        browser.awaitText("What failed");
        browser.tabTo("nav a[href='#/jobs']");
        browser.press(Keys.ENTER);
        browser.awaitText(job);
        browser.tabTo("#q");
        browser.press(job);
        browser.awaitText("1 in all");
        browser.tabTo("main td a");
        browser.press(Keys.ENTER);
        browser.awaitText("Volumes");
        browser.tabTo("#open-viewer");
        browser.press(Keys.ENTER);
        browser.awaitText(" mm: ");
        browser.awaitFocus(".viewer canvas");
        String before = browser.find(SLICE).getText();
        browser.press(Keys.ARROW_UP);
        browser.awaitOtherText(SLICE, before);
        browser.run("location.hash = '#/models'");
        browser.awaitText("Published models");
        browser.tabTo("main td a");
        browser.press(Keys.ENTER);
        browser.awaitText("What it is");
        browser.tabTo("main p a");
        browser.press(Keys.ENTER);
        browser.awaitText("Dice of each label over the folds");
    }
}
