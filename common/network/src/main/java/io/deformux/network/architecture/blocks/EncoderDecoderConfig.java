package io.deformux.network.architecture.blocks;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.torchscript.ModuleTree;

/**
 * What decides the shape of a network that is an {@link EncoderDecoder}.
 *
 * @param <B> a block of the backbone
 */
public interface EncoderDecoderConfig<B> extends NetworkConfig {

    /** Channels and depths. */
    Sizes sizes();

    /** Its modules, part by part. */
    EncoderDecoder<B> encoderDecoder();

    @Override
    default int inChannels() {
        return sizes().inChannels();
    }

    @Override
    default int outChannels() {
        return sizes().outChannels();
    }

    @Override
    default void requireSize(int d, int h, int w) {
        EncoderDecoder.requireSize(d, h, w);
    }

    @Override
    default ModuleTree modules() {
        return encoderDecoder().root().requireStorable();
    }
}
