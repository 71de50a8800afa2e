package io.deformux.network;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNet;
import io.deformux.network.architecture.nnformer.NnFormer;
import io.deformux.network.architecture.nnunet.NnUNet;
import io.deformux.network.architecture.repuxnet.RepUxNet;
import io.deformux.network.architecture.scripted.Scripted;
import io.deformux.network.architecture.swinunetr.SwinUnetr;
import io.deformux.network.architecture.transbts.TransBts;
import io.deformux.network.architecture.unest.Unest;
import io.deformux.network.architecture.unetr.Unetr;
import io.deformux.network.architecture.uxnet.UxNet;
import java.util.List;

/** The kinds of networks that are made and trained here, and what model packages may hold besides. */
public final class Architectures {
    /** All that are made here; no two have the same name. */
    public static final List<Architecture<?>> ALL = List.of(
            DeformUxNet.ARCHITECTURE,
            UxNet.ARCHITECTURE,
            RepUxNet.ARCHITECTURE,
            NnUNet.ARCHITECTURE,
            TransBts.ARCHITECTURE,
            Unetr.ARCHITECTURE,
            SwinUnetr.ARCHITECTURE,
            Unest.ARCHITECTURE,
            NnFormer.ARCHITECTURE);

    private Architectures() {}

    /** The one of that name; throws {@link IllegalArgumentException} that lists the names if there is none. */
    public static Architecture<?> named(String name) {
        return ALL.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such architecture, only "
                        + String.join(", ", ALL.stream().map(Architecture::name).toList())));
    }

    /**
     * The network of a model package: also one that was made elsewhere, which nobody makes or trains here. Parameters and errors as
     * {@link Architecture#configured}.
     */
    public static NetworkConfig packaged(String name, int inChannels, int outChannels, NetworkSettings settings) {
        return name.equals(Scripted.ARCHITECTURE.name())
                ? Scripted.ARCHITECTURE.configured(inChannels, outChannels, settings)
                : configured(name, inChannels, outChannels, settings);
    }

    /** A network of the architecture of that name; parameters and errors as {@link Architecture#configured}. */
    public static NetworkConfig configured(String name, int inChannels, int outChannels, NetworkSettings settings) {
        return named(name).configured(inChannels, outChannels, settings);
    }
}
