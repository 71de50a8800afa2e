package io.deformux.network.gpu;

import ai.djl.Device;

/**
 * Marks in what a device was asked to do. A GPU does it in order, on the one stream that DJL works on, while the caller goes on; a
 * mark lets the caller wait for what was asked before it and for nothing behind it. One thread.
 */
@FunctionalInterface
public interface DeviceMarks {

    /** A mark behind everything that was asked so far. Waits for nothing. */
    Mark set();

    /** Those of a device; a CPU has done everything when a call returns. */
    static DeviceMarks of(Device device) {
        return device.isGpu() ? new DriverMarks(CudaDriver.open().context(device.getDeviceId())) : () -> Mark.PASSED;
    }

    /** One mark; close it. */
    interface Mark extends AutoCloseable {
        /** What is behind everything. */
        Mark PASSED = new Mark() {
            @Override
            public void await() {
                // Nothing is left to do.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };

        /**
         * Waits until the device is there.
         *
         * @throws GpuException if it has failed on the way
         */
        void await();

        @Override
        void close();
    }
}
