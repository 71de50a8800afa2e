package io.deformux.network;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.ModuleTree;
import java.util.Map;

/** A network that has no form for our kernels: it runs as its TorchScript on every device. */
record WithoutCpuForm(NetworkConfig network) implements NetworkConfig {
    @Override
    public Architecture<?> architecture() {
        return network.architecture();
    }

    @Override
    public int inChannels() {
        return network.inChannels();
    }

    @Override
    public int outChannels() {
        return network.outChannels();
    }

    @Override
    public NetworkSettings settings() {
        return network.settings();
    }

    @Override
    public void requireSize(int d, int h, int w) {
        network.requireSize(d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return network.modules();
    }

    @Override
    public Map<String, String> methods() {
        return network.methods();
    }
}
