package io.deformux.standalone.page;

import java.io.IOException;
import java.util.List;
import org.openqa.selenium.Keys;

/** What each page has to be for everybody: in the dark, and with a keyboard alone. */
final class PageForAll {
    /** Where the viewer says which slice it shows. */
    private static final String SLICE = ".viewer [role=status]";

    private PageForAll() {}

    /** Every kind of page, with something on it. */
    static void inTheDark(Browser browser, String job) throws IOException {
        browser.preferDark(true);
        for (String page : List.of(
                "jobs",
                "jobs/" + job,
                "trainings",
                "trainings/liver",
                "comparisons",
                "comparisons/which",
                "models",
                "failures",
                "send")) {
            browser.run("location.hash = '#/' + arguments[0]", page);
            browser.awaitText(
                    switch (page) {
                        case "jobs" -> "Scans, the newest first";
                        case "trainings" -> "Trainings, the newest first";
                        case "trainings/liver" -> "fold 2:";
                        case "comparisons" -> "2 compared, 1 failed";
                        case "comparisons/which" -> "Networks by mean Dice";
                        case "models" -> "Nothing here yet";
                        case "failures" -> "What failed";
                        case "send" -> "Send a scan";
                        default -> "Volumes";
                    });
            browser.requireAccessible();
        }
        browser.run("location.hash = '#/jobs/' + arguments[0]", job);
        browser.awaitText("Volumes");
        browser.shoot("dark");
        browser.preferDark(false);
    }

    /** From the list to a result and its viewer, without a mouse. */
    static void byKeyboard(Browser browser, String job) throws IOException {
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
        browser.shoot("keyboard");
    }
}
