package io.deformux.network;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.ForwardPass;
import io.deformux.network.architecture.GpuForm;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.GpuException;
import io.deformux.network.gpu.LaunchedKernels;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What computes a network, by device and way to compute: Java kernels, kernels on a GPU, or the network's TorchScript. */
final class NetworkPasses {
    private NetworkPasses() {}

    /** The way to compute in a precision that suits network and device best. */
    static Arithmetic best(Precision precision, NetworkConfig config, Device device) {
        return !device.isGpu() && config.cpuForm().isPresent()
                ? Arithmetic.of(precision, device)
                : Arithmetic.ofTorchScript(precision, device);
    }

    /**
     * A pass of weights that fit.
     *
     * @throws IllegalArgumentException if the way needs our own kernels and the network has no form for them
     */
    static ForwardPass of(NetworkConfig config, Weights weights, Device device, Arithmetic arithmetic) {
        if (!device.isGpu() && config.cpuForm().isPresent()) {
            return onCpu(config, weights, arithmetic.precision(), arithmetic, Kernels.best());
        }
        if (arithmetic.needsGpuForm()) {
            return onGpu(config, weights, device, arithmetic, kernels -> kernels);
        }
        if (arithmetic.needsCpuForm()) {
            throw new IllegalArgumentException("this network has no form for our own kernels");
        }
        return asTorchScript(
                config,
                TorchScriptModule.of(config.program(), weights, device, arithmetic.precision(), false),
                arithmetic);
    }

    /** Layer by layer on the CPU, with given kernels and convolutions. */
    static ForwardPass onCpu(
            NetworkConfig config, Weights weights, Precision precision, ConvolutionSource source, Kernels kernels) {
        CpuForm form = config.cpuForm().orElseThrow();
        return form.predicting(weights, precision, source, kernels);
    }

    /** Layer by layer on a GPU, with a change of our kernels for measurements. */
    static ForwardPass onGpu(
            NetworkConfig config,
            Weights weights,
            Device device,
            Arithmetic arithmetic,
            UnaryOperator<MapKernels> change) {
        DeviceLayers layers = new DeviceLayers(device);
        try {
            MapKernels kernels = change.apply(LaunchedKernels.on(device.getDeviceId(), layers));
            return onLayers(config, weights, arithmetic.precision(), layers, kernels, mode(device, arithmetic));
        } catch (GpuException e) {
            layers.close();
            throw new JobException(FailureCode.NETWORK_FAILED, e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            layers.close();
            throw e;
        }
    }

    /** Layer by layer on the layers' device, with kernels that run there; owns both. */
    static ForwardPass onLayers(
            NetworkConfig config,
            Weights weights,
            Precision precision,
            DeviceLayers layers,
            MapKernels kernels,
            Runnable mode) {
        GpuForm form = config.gpuForm().orElseThrow();
        return form.predicting(weights, precision, layers, kernels, mode);
    }

    /** As the network's own text says; owns the module. */
    static ForwardPass asTorchScript(NetworkConfig config, TorchScriptModule module, Arithmetic arithmetic) {
        return new TorchScriptPass(config, module, mode(module.device(), arithmetic));
    }

    /** As an archive says that nobody here has written, in float: it holds what it computes, and in what. */
    static ForwardPass asItIs(Path archive, NetworkConfig config, Device device, Arithmetic arithmetic) {
        if (arithmetic.precision() != Precision.FP32) {
            throw new JobException(FailureCode.MODEL_INVALID, "a network that was made elsewhere is computed in float");
        }
        TorchScriptModule module = TorchScriptModule.load(archive, device, false);
        return new ArchivePass(config, module, mode(device, arithmetic));
    }

    private static Runnable mode(Device device, Arithmetic arithmetic) {
        return device.isGpu() ? () -> TorchEngine.tf32(arithmetic.roundsToTf32()) : () -> {};
    }
}
