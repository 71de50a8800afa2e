package io.deformux.schemas;

/**
 * Where and with what a job ran.
 *
 * @param device the device, as {@code cpu} or {@code cuda:0}
 * @param precision the number format of the network, as {@code fp32} or {@code bf16}
 * @param softwareVersion the version of the worker
 */
public record RuntimeInfo(String device, String precision, String softwareVersion) {}
