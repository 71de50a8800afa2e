package io.deformux.standalone.option;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.volume.Shape3;
import java.util.List;
import java.util.function.Function;

/** The networks that a plan is for. */
interface PlannedNetworks {
    /**
     * Each for a window.
     *
     * @param channels images that they see of a scan
     * @param classes of the data set, the background included
     */
    List<Function<Shape3, NetworkConfig>> of(int channels, int classes);
}
