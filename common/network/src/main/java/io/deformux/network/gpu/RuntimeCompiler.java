package io.deformux.network.gpu;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** NVIDIA's run-time compiler (NVRTC), which PyTorch for CUDA brings along. Stateless; any thread. */
final class RuntimeCompiler {
    private final NativeLibrary library;

    private RuntimeCompiler(NativeLibrary library) {
        this.library = library;
    }

    /**
     * The compiler beside PyTorch, else the machine's.
     *
     * @param folder where libtorch lies
     * @throws GpuException if there is none
     */
    static RuntimeCompiler beside(Path folder) {
        List<String> names = new ArrayList<>(files(folder));
        names.add("nvrtc");
        List<String> reasons = new ArrayList<>();
        for (String name : names) {
            try {
                return new RuntimeCompiler(NativeLibrary.getInstance(name));
            } catch (UnsatisfiedLinkError e) {
                reasons.add(String.valueOf(e.getMessage()).lines().findFirst().orElse(name));
            }
        }
        throw new GpuException("there is no run-time compiler (libnvrtc): " + String.join("; ", reasons));
    }

    private static List<String> files(Path folder) {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "libnvrtc[.-]*so*")) {
            for (Path file : found) {
                if (!file.getFileName().toString().contains("builtins")) {
                    files.add(file.toString());
                }
            }
        } catch (IOException e) {
            // Then there is only the machine's.
        }
        return files;
    }

    /** Compiles a text for a GPU; throws {@link GpuException} with the compiler's words if it cannot. */
    byte[] compile(String text, Gpu gpu, List<String> macros) {
        PointerByReference program = new PointerByReference();
        call("nvrtcCreateProgram", program, text, "kernels.cu", 0, Pointer.NULL, Pointer.NULL);
        try {
            List<String> options = new ArrayList<>(macros);
            options.add("--gpu-architecture=sm_" + gpu.major() + gpu.minor());
            int status = library.getFunction("nvrtcCompileProgram").invokeInt(new Object[] {
                program.getValue(), options.size(), new StringArray(options.toArray(new String[0]))
            });
            if (status != 0) {
                throw new GpuException("the kernels do not compile: " + log(program.getValue()));
            }
            return bytes(program.getValue(), "nvrtcGetCUBINSize", "nvrtcGetCUBIN");
        } finally {
            call("nvrtcDestroyProgram", program);
        }
    }

    private String log(Pointer program) {
        return new String(bytes(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog")).strip();
    }

    private byte[] bytes(Pointer program, String size, String content) {
        LongByReference length = new LongByReference();
        call(size, program, length);
        Memory memory = new Memory(Math.max(1, length.getValue()));
        call(content, program, memory);
        return memory.getByteArray(0, Math.toIntExact(length.getValue()));
    }

    private void call(String function, Object... arguments) {
        int status = library.getFunction(function).invokeInt(arguments);
        if (status != 0) {
            throw new GpuException(function + " gave status " + status);
        }
    }
}
