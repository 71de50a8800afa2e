package io.deformux.network.gpu;

import com.sun.jna.Pointer;

/** Marks as events of NVIDIA's driver. One thread. */
final class DriverMarks implements DeviceMarks {
    private final CudaDriver.Context context;

    DriverMarks(CudaDriver.Context context) {
        this.context = context;
    }

    @Override
    public Mark set() {
        Pointer event = context.event();
        return new Mark() {
            @Override
            public void await() {
                context.await(event);
            }

            @Override
            public void close() {
                context.drop(event);
            }
        };
    }
}
