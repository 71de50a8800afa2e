package io.deformux.network.architecture;

import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Tensor;
import java.util.List;
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

    /** Everything else, every field written out: {@link Architecture#configured} gives the same network of them. */
    NetworkSettings settings();

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

    /**
     * What its modules compute, as {@link TorchScriptProgram#methods}. The root's {@code forward} takes (N, inChannels, D, H, W)
     * to logits (N, outChannels, D, H, W), in the type of the image. A module that computes otherwise while it is trained
     * (dropout, batch norm) asks {@code self.training}.
     */
    Map<String, String> methods();

    /**
     * Whether it is known by its archive alone: then {@link #modules} and {@link #methods} are not there to be asked, and the
     * archive runs as it is.
     */
    default boolean madeElsewhere() {
        return false;
    }

    /**
     * What each output that training sees counts in the loss. With more than one, the root has a method {@code outputs(self,
     * x: Tensor) -> List[Tensor]} that gives as many logits, the finest first and each at its own resolution; labels are taken
     * to that by nearest neighbour.
     */
    default List<Double> lossWeights() {
        return List.of(1.0);
    }

    /**
     * What the learning rate is multiplied by where not all values learn alike: by the name of a parameter, factors for its last
     * axes, which repeat over the axes before.
     */
    default Map<String, Tensor> relativeRates() {
        return Map.of();
    }

    /** Both together. Errors as {@link #modules}. */
    default TorchScriptProgram program() {
        return new TorchScriptProgram(modules(), methods());
    }

    /**
     * The program whose work is counted, by sizes alone: the network's own unless its text calls functions of PyTorch that do
     * much or need values ({@code count.py} has stand-ins for some).
     */
    default TorchScriptProgram countedProgram() {
        return program();
    }

    /** Its fast form to predict on a CPU; without one it runs as its TorchScript there too. */
    default Optional<CpuForm> cpuForm() {
        return Optional.empty();
    }

    /** Its fast form to be trained on a CPU; without one it is trained as its TorchScript there. */
    default Optional<CpuTrainingForm> cpuTrainingForm() {
        return Optional.empty();
    }

    /** Its fast form on a GPU; without one it runs as its TorchScript there. */
    default Optional<GpuForm> gpuForm() {
        return Optional.empty();
    }
}
