package io.deformux.network.architecture;

import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptProgram;
import java.util.Map;
import java.util.Optional;

/** A network of some architecture and size: all that is known of it but its weights. A value, equal by its numbers. */
public interface NetworkConfig {

    /** What it is a size of. */
    Architecture<?> architecture();

    /** Channels of the image. */
    int inChannels();

    /** Classes, the background included. */
    int outChannels();

    /**
     * Checks that the network takes images of that size.
     *
     * @param d size along the first axis, in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if it does not, with the reason
     */
    void requireSize(int d, int h, int w);

    /**
     * What it is made of.
     *
     * @throws IllegalArgumentException if that has more than a billion values
     */
    ModuleTree modules();

    /** What its modules compute, as {@link TorchScriptProgram#methods}. */
    Map<String, String> methods();

    /** Both together. Errors as {@link #modules}. */
    default TorchScriptProgram program() {
        return new TorchScriptProgram(modules(), methods());
    }

    /** Its fast form; without one it runs as its TorchScript on a CPU too. */
    default Optional<CpuForm> cpuForm() {
        return Optional.empty();
    }
}
