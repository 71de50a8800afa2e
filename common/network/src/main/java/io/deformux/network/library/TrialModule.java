package io.deformux.network.library;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A class of {@code trial.py}, loaded in PyTorch as the TorchScript archive of a module that holds no tensor. Owns native
 * memory; one thread.
 */
final class TrialModule implements AutoCloseable {
    /** Pickle protocol 2 (PEP 307): an object of a class, made without arguments, whose only attribute is False. */
    private static final String OBJECT = "\u0080\u0002c%s\n%s\n)\u0081}(X\u0008\0\0\0training\u0089ub.";

    private static final String EMPTY_TUPLE = "\u0080\u0002).";

    private final Model model;

    private TrialModule(Model model) {
        this.model = model;
    }

    /** Loads one class. */
    static TrialModule load(String name) throws IOException, MalformedModelException {
        Model model = Model.newInstance("trial", Device.cpu(), "PyTorch");
        model.load(new ByteArrayInputStream(archive(name)), Map.of("mapLocation", "true"));
        return new TrialModule(model);
    }

    /** A scope for the arrays of one call. */
    NDManager newScope() {
        return model.getNDManager().newSubManager();
    }

    /** Runs it on arrays of one scope; gives the values of the result in C order. */
    float[] run(NDList inputs, boolean training) {
        return model.getBlock()
                .forward(new ParameterStore(model.getNDManager(), false), inputs, training)
                .get(0)
                .toFloatArray();
    }

    private static byte[] archive(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                InputStream code = TrialModule.class.getResourceAsStream("trial.py")) {
            String object = OBJECT.formatted("__torch__.deformux.trial", name);
            entry(zip, "data.pkl", object.getBytes(StandardCharsets.ISO_8859_1));
            entry(zip, "code/__torch__/deformux/trial.py", code.readAllBytes());
            entry(zip, "constants.pkl", EMPTY_TUPLE.getBytes(StandardCharsets.ISO_8859_1));
            entry(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry("trial/" + name));
        zip.write(content);
        zip.closeEntry();
    }

    @Override
    public void close() {
        model.close();
    }
}
