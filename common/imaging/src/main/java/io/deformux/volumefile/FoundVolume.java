package io.deformux.volumefile;

import io.deformux.volume.Volume;
import java.util.List;

/**
 * The one volume of an input.
 *
 * @param volume the volume
 * @param ofSeveral whether the input is a folder, which may hold other files too
 * @param hidden those whose name begins with a dot, by their places in name order, from 1
 * @param others those that are no part of the volume otherwise
 */
public record FoundVolume(Volume volume, boolean ofSeveral, List<Integer> hidden, List<Integer> others) {
    /** Copies the lists. */
    public FoundVolume {
        hidden = List.copyOf(hidden);
        others = List.copyOf(others);
    }
}
