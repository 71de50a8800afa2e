package io.deformux.network.cpu;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.torchscript.TorchFailure;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.Arrays;
import java.util.Map;

/**
 * Single layers in TorchScript, {@code layers.py} beside this class: DJL itself can neither convolve in three dimensions,
 * nor create bfloat16 arrays, nor keep a layout. Owns native memory; close it. One thread.
 */
public final class TorchLayers implements AutoCloseable {
    private final TorchScriptModule convolution = load("Convolution");
    private final TorchScriptModule depthwise = load("Depthwise");
    private final TorchScriptModule channelsLast = load("ChannelsLast");
    private final TorchScriptModule blank = load("Blank");
    private final TorchScriptModule cast = load("Cast");

    private static TorchScriptModule load(String name) {
        ModuleTree layer = new ModuleTree("__torch__.deformux.layers." + name, Map.of());
        return TorchScriptModule.of(
                new TorchScriptProgram(
                        layer, Map.of(SourceText.FOLDER + "layers.py", SourceText.of(TorchLayers.class, "layers.py"))),
                new Weights(Map.of()),
                Device.cpu(),
                Precision.FP32,
                false);
    }

    /** A scope for arrays that live as long as the layers. */
    public NDManager newScope() {
        return convolution.newScope();
    }

    /** {@code x, weight, bias, stride, padding} as {@code layers.py} says. */
    public PtNDArray convolve(NDManager scope, IValue... inputs) {
        return run(convolution, scope, inputs);
    }

    /** {@code x, weight, bias} as {@code layers.py} says. */
    PtNDArray depthwise(NDManager scope, IValue... inputs) {
        return run(depthwise, scope, inputs);
    }

    /** The same values (1, c, d, h, w), channels last in memory. */
    PtNDArray channelsLast(PtNDArray array, NDManager scope) {
        return run(channelsLast, scope, IValue.from(array));
    }

    /** A map whose values are not set; it belongs to the caller. */
    public FeatureMap blank(Precision precision, int d, int h, int w, int c, NDManager scope) {
        return new FeatureMap(
                run(
                        blank,
                        scope,
                        IValue.from(d),
                        IValue.from(h),
                        IValue.from(w),
                        IValue.from(c),
                        IValue.from(precision.torchType())),
                precision);
    }

    /** A copy in that precision, rounded to the nearest. */
    public PtNDArray cast(PtNDArray array, Precision precision, NDManager scope) {
        return run(cast, scope, IValue.from(array), IValue.from(precision.torchType()));
    }

    private static PtNDArray run(TorchScriptModule layer, NDManager scope, IValue... inputs) {
        try (IValue output = ((PtSymbolBlock) layer.block()).forward(inputs)) {
            return output.toTensor((PtNDManager) scope);
        } catch (EngineException e) {
            throw TorchFailure.of(e);
        } finally {
            Arrays.stream(inputs).forEach(IValue::close);
        }
    }

    @Override
    public void close() {
        convolution.close();
        depthwise.close();
        channelsLast.close();
        blank.close();
        cast.close();
    }
}
