package io.deformux.network;

import ai.djl.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The devices that a configuration can name. */
public final class Devices {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    private Devices() {}

    /** {@code cpu}, {@code cuda} (the first one) or {@code cuda:N}; throws {@link IllegalArgumentException} otherwise. */
    public static Device parse(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        Matcher matcher = CUDA.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the device must be auto, cpu or cuda:N, not " + name);
        }
        return Device.gpu(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
    }

    /** The device as {@link #parse} takes it: {@code cpu} or {@code cuda:0}. */
    public static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }
}
