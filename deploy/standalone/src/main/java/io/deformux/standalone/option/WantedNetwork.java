package io.deformux.standalone.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import java.util.List;

/**
 * A network that is to be trained, before it is known on which window.
 *
 * @param architecture the name of its kind
 * @param given the settings that were asked for
 */
record WantedNetwork(String architecture, NetworkSettings given) {
    private static final String IMAGE_SIZE = "imageSize";

    /** Its kind; throws {@link IllegalArgumentException} if there is none of that name. */
    Architecture<?> kind() {
        return Architectures.named(architecture);
    }

    /**
     * The network for a window, as its reference trains it: a kind that takes images of one size alone takes that of the window,
     * unless another one was given.
     *
     * @param window three sizes in voxels
     * @param channels images that it sees of a scan
     * @param classes or regions of the data set, the background among classes
     * @throws IllegalArgumentException if there is none like that, with the reason
     */
    NetworkConfig on(List<Integer> window, int channels, int classes) {
        JsonNode published = kind().configured(channels, classes, NetworkSettings.NONE)
                .settings()
                .json()
                .path(IMAGE_SIZE);
        NetworkSettings settings = kind().forTraining();
        if (published.isArray()) {
            settings = settings.with(IMAGE_SIZE, window);
        } else if (published.isNumber()) {
            settings = settings.with(IMAGE_SIZE, window.get(0));
        }
        return kind().configured(channels, classes, settings.overriddenBy(given));
    }
}
