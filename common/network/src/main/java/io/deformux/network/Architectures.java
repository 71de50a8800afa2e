package io.deformux.network;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.deformux.DeformUxNet;
import java.util.List;

/** The kinds of networks that there are. */
public final class Architectures {
    /** All of them; no two have the same name. */
    public static final List<Architecture<?>> ALL = List.of(DeformUxNet.ARCHITECTURE);

    private Architectures() {}
}
