package io.deformux.schemas;

import java.util.Optional;

/**
 * Where and with what a job ran, and how sure that is.
 *
 * @param device the device, as {@code cpu} or {@code cuda:0}
 * @param precision the number format of the network, as {@code fp32} or {@code bf16}
 * @param softwareVersion the version of the worker
 * @param convolutions who computed them: {@code library}, {@code own} or {@code both}
 * @param verified the worst relative error that was found when single values of every layer were computed again in double
 *     precision, before the first job
 */
public record RuntimeInfo(
        String device,
        String precision,
        String softwareVersion,
        Optional<String> convolutions,
        Optional<Double> verified) {

    /** Without what older workers do not say. */
    public RuntimeInfo(String device, String precision, String softwareVersion) {
        this(device, precision, softwareVersion, Optional.empty(), Optional.empty());
    }
}
