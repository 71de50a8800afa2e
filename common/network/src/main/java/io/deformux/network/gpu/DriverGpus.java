package io.deformux.network.gpu;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks NVIDIA's driver. Stateless; any thread. */
final class DriverGpus implements Gpus {
    private static final Logger LOG = LoggerFactory.getLogger(DriverGpus.class);

    @Override
    public List<Gpu> all() {
        List<Gpu> gpus = new ArrayList<>();
        try {
            CudaDriver driver = CudaDriver.open();
            for (int index = 0; index < driver.count(); index++) {
                gpus.add(driver.gpu(index));
            }
        } catch (GpuException e) {
            LOG.debug("no GPU: {}", e.getMessage());
        }
        return gpus;
    }

    @Override
    public long free(int index) {
        return CudaDriver.open().context(index).free();
    }
}
