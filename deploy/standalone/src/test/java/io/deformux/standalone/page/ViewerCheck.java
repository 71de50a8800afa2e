package io.deformux.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.nifti.NiftiReader;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the viewer of a job shows, pixel by pixel beside the job's files. */
final class ViewerCheck {
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The window of soft tissue, in HU. */
    private static final double LOW = -160;

    private static final double HIGH = 240;

    private static final int CLOSE = 12;

    private final Browser browser;
    private final Volume labels;
    private final Volume scan;
    private final WebElement canvas;

    private ViewerCheck(Browser browser, Volume labels, Volume scan, WebElement canvas) {
        this.browser = browser;
        this.labels = labels;
        this.scan = scan;
        this.canvas = canvas;
    }

    /**
     * Opens the viewer of the job that is shown.
     *
     * @param labels its label map
     * @param scan what it was made of, on the same grid
     */
    static ViewerCheck open(Browser browser, Path labels, Volume scan) {
        browser.find("#open-viewer").click();
        browser.awaitText(" mm: ");
        WebElement canvas = browser.find(".viewer canvas");
        return new ViewerCheck(browser, new NiftiReader(1 << 24).read(labels), scan, canvas);
    }

    /** Scrolls to a slice of the label map and compares the middle of something labelled, and of nothing. */
    void labelsAreWhereTheyAre() throws IOException {
        opacity(100);
        int[] inside = evenPlace(voxel -> voxel != 0).orElseThrow();
        int label = Math.round(at(labels, inside));
        scroll(inside[2]);
        browser.run("arguments[0].scrollIntoView()", canvas);
        assertThat(near(pixel(inside), swatch(label)))
                .as(
                        "label %d at %s is %s, not %s",
                        label, List.of(inside[0], inside[1], inside[2]), pixel(inside), swatch(label))
                .isTrue();
        assertThat(browser.find(".viewer [role=status]").getText()).contains("slice " + shownSlice());
        Optional<int[]> outside = evenPlace(voxel -> voxel == 0);
        if (outside.isPresent()) {
            scroll(outside.get()[2]);
            Color grey = pixel(outside.get());
            assertThat(near(grey, new Color(grey.getRed(), grey.getRed(), grey.getRed())))
                    .as("nothing lies over %s", grey)
                    .isTrue();
        }
    }

    /** Nothing above it, the scan has the grey of its value in the window that fits a CT. */
    void theScanLiesUnderThem() throws IOException {
        assertThat((Boolean) browser.run(
                        "const [scan, labels] = arguments[0].viewer.volumes; return arguments[0].viewer.volumes.length === 2"
                                + " && String(scan.dimsRAS) === String(labels.dimsRAS) && String(scan.matRAS) === String(labels.matRAS);",
                        canvas))
                .as("scan and labels have one grid")
                .isTrue();
        assertThat(browser.find("#window").isEnabled()).isTrue();
        assertThat(browser.find("#window").getDomProperty("value")).isEqualTo("soft tissue");
        opacity(0);
        for (double value : new double[] {-100, 0, 60, 110, 180}) {
            Optional<int[]> place = place(voxel -> Math.abs(voxel - value) < 15);
            if (place.isPresent()) {
                scroll(place.get()[2]);
                int grey = (int) Math.round(255 * (at(scan, place.get()) - LOW) / (HIGH - LOW));
                assertThat(near(pixel(place.get()), new Color(grey, grey, grey)))
                        .as("%s HU is %s, not %d", at(scan, place.get()), pixel(place.get()), grey)
                        .isTrue();
            }
        }
        opacity(60);
        browser.shoot("viewer");
    }

    /** Another scan can be opened from the disk, and all be seen in 3D. */
    void takesAScanFromTheDiskAndTurns(Path file) throws IOException {
        canvas.sendKeys(Keys.ARROW_UP);
        browser.run("document.querySelectorAll('.viewer button')[2].click()");
        browser.shoot("viewer-3d");
        browser.find("#scan").sendKeys(file.toString());
        browser.run("document.querySelectorAll('.viewer button')[1].click()");
        await().atMost(LONG).until(() -> (Boolean) browser.run(
                "return arguments[0].viewer.volumes.length === 2 && arguments[0].viewer.volumes[0].name === arguments[1]",
                canvas,
                file.getFileName().toString()));
        browser.shoot("viewer-planes");
    }

    private Object shownSlice() {
        return browser.run("return document.getElementById('slice').value");
    }

    private void scroll(int slice) {
        set("slice", slice);
    }

    private void opacity(int percent) {
        set("opacity", percent);
    }

    private void set(String slider, int value) {
        browser.run(
                "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.dispatchEvent(new Event('input'));",
                slider,
                value);
    }

    /** What is shown at a voxel, found by its place in mm. */
    private Color pixel(int[] voxel) throws IOException {
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

    private Color swatch(int label) {
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
        return Math.abs(one.getRed() - other.getRed()) < CLOSE
                && Math.abs(one.getGreen() - other.getGreen()) < CLOSE
                && Math.abs(one.getBlue() - other.getBlue()) < CLOSE;
    }

    /** A voxel with the same label as all around it in its slice, so that a pixel more or less does not matter. */
    private Optional<int[]> evenPlace(Predicate<Float> fits) {
        return place(labels, voxel -> {
            float here = at(labels, voxel);
            boolean even = fits.test(here);
            for (int di = -1; di <= 1 && even; di++) {
                for (int dj = -1; dj <= 1 && even; dj++) {
                    even = at(labels, new int[] {voxel[0] + di, voxel[1] + dj, voxel[2]}) == here;
                }
            }
            return even;
        });
    }

    private Optional<int[]> place(Predicate<Float> fits) {
        return place(scan, voxel -> fits.test(at(scan, voxel)));
    }

    private static Optional<int[]> place(Volume volume, Predicate<int[]> fits) {
        Shape3 shape = volume.geometry().shape();
        for (int k = 2; k < shape.w() - 2; k++) {
            for (int i = 2; i < shape.d() - 2; i++) {
                for (int j = 2; j < shape.h() - 2; j++) {
                    int[] voxel = {i, j, k};
                    if (fits.test(voxel)) {
                        return Optional.of(voxel);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static float at(Volume volume, int[] voxel) {
        return volume.at(voxel[0], voxel[1], voxel[2]);
    }
}
