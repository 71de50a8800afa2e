package io.deformux.network.architecture.deformux;

import java.util.List;

/** A network so small that a test can build it in passing. */
public final class TinyNetwork {
    /** One channel to three classes; its first level projects, and one stage has two blocks. */
    public static final DeformUxNetConfig TINY =
            new DeformUxNetConfig(1, 3, List.of(4, 6, 8, 10), List.of(1, 2, 1, 1), 12, 3);

    private TinyNetwork() {}
}
