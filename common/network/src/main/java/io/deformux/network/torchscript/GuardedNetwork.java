package io.deformux.network.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.torchscript.TorchScriptModule.Products;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network whose TorchScript keeps, of each convolution, linear layer and matrix product, some outputs and what they were
 * computed from: {@code guard.py} beside this class. Made for one proof. Owns native memory; close it. One thread.
 */
public final class GuardedNetwork implements AutoCloseable {
    private static final String GUARD = "__torch__.deformux.guard.Guard";
    /** Arrays that a record has. */
    private static final int RECORD = 5;

    private final TorchScriptModule module;
    private final boolean backward;

    /**
     * A guarded twin of a network.
     *
     * @param program the network
     * @param backward whether gradients are recorded too
     * @param seed chooses the voxels
     */
    public GuardedNetwork(
            TorchScriptProgram program,
            Weights weights,
            Device device,
            Precision precision,
            boolean backward,
            int seed) {
        this(program, weights, device, precision, backward, seed, Products.AS_STORED);
    }

    /** The same with products computed otherwise. */
    public GuardedNetwork(
            TorchScriptProgram program,
            Weights weights,
            Device device,
            Precision precision,
            boolean backward,
            int seed,
            Products products) {
        this(program, weights, device, precision, backward, seed, products, UnaryOperator.identity());
    }

    /** The same with a change of the guard's text, to see that lies are found. */
    public GuardedNetwork(
            TorchScriptProgram program,
            Weights weights,
            Device device,
            Precision precision,
            boolean backward,
            int seed,
            Products products,
            UnaryOperator<String> change) {
        this.backward = backward;
        ModuleTree guard = new ModuleTree(
                GUARD,
                Map.of(),
                Map.of(),
                Map.of(
                        "backward", ModuleAttribute.of(backward),
                        "seed", ModuleAttribute.of(seed),
                        "records", ModuleAttribute.noTensors()),
                Map.of());
        GuardedSource source = new GuardedSource(program.methods(), GuardedSource.PROVEN, "guard");
        Map<String, String> guarded = source.guarded();
        guarded.put(SourceText.FOLDER + "guard.py", change.apply(SourceText.of(GuardedNetwork.class, "guard.py")));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("guard", guard);
        children.put("network", source.guarded(program.root(), guard));
        Map<String, Tensor> inside = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> inside.put("network." + name, tensor));
        this.module = TorchScriptModule.of(
                new TorchScriptProgram(new ModuleTree("__torch__.deformux.guard.Guarded", children), guarded),
                new Weights(inside),
                device,
                precision,
                backward,
                products);
    }

    /** Runs the network once and checks its layers, their gradients if wanted, and that its output is finite. */
    public void prove(FloatBuffer images, Shape shape, ArithmeticProof proof) {
        try (NDManager scope = module.newScope()) {
            NDArray input = scope.create(images, shape, DataType.FLOAT32);
            NDList outputs = run(new NDList(input));
            List<float[]> records = new ArrayList<>();
            List<Integer> values = new ArrayList<>();
            for (int i = 0; i < outputs.size() - 1; i++) {
                if (i % RECORD == 0) {
                    values.add(Math.toIntExact(outputs.get(i).getShape().get(1)));
                }
                records.add(outputs.get(i).toFloatArray());
            }
            proof.check(records, values);
            proof.logits(FloatBuffer.wrap(outputs.get(outputs.size() - 1).toFloatArray()));
        }
    }

    private NDList run(NDList input) {
        if (!backward) {
            return module.call("forward", input, false);
        }
        try (GradientTape tape = new GradientTape()) {
            return module.call("forward", input, true);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
