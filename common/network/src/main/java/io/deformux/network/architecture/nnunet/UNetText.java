package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.nnunet.UNetBlock.Shortcut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The text of the class that is the whole network: a line for each layer, since TorchScript cannot count levels. In it {@code
 * y} is the map so far, {@code x0}, {@code x1} … are the encoder's maps, and {@code o0}, {@code o1} … the logits.
 */
final class UNetText {
    private static final List<Integer> POINT = UNetBlock.POINT;

    private final NnUNetConfig config;
    private final UNetImplementation names;
    private final int levels;
    private final StringBuilder text = new StringBuilder();

    /** The text for a configuration. */
    UNetText(NnUNetConfig config) {
        this.config = config;
        this.names = config.implementation();
        this.levels = config.levels();
    }

    /** The class. */
    String root() {
        text.append("class UNet(Module):\n  def outputs(self, x: Tensor) -> List[Tensor]:\n");
        line("y = torch.to(x, ops.prim.dtype(%s.weight))", at(names.entrance(levels)));
        for (int level = 0; level < levels; level++) {
            encoder(level);
        }
        List<String> outputs = new ArrayList<>();
        for (int step = 0; step < levels - 1; step++) {
            decoder(step);
            int level = levels - 2 - step;
            if (level <= config.supervised()) {
                line(
                        "o%d = torch.to(%s, ops.prim.dtype(x))",
                        level, convolved(names.head(level, levels), "y", POINT, POINT));
                outputs.add("o" + level);
            }
        }
        Collections.reverse(outputs);
        line("return [%s]", String.join(", ", outputs));
        text.append("\n  def forward(self, x: Tensor) -> Tensor:\n");
        line("y = self.outputs(x)");
        line("return y[0]");
        return text.append("\n\n").toString();
    }

    private void encoder(int level) {
        List<Integer> kernel = config.kernels().get(level);
        for (UNetBlock block : names.encoder(config, level)) {
            if (block.shortcut().isPresent()) {
                line("z = y");
            }
            List<Integer> stride = block.stride();
            for (UnitPaths unit : block.units()) {
                if (unit != block.units().get(0)) {
                    activated();
                }
                unit(unit, kernel, stride);
                stride = POINT;
            }
            block.shortcut().ifPresent(shortcut -> added(shortcut, block.stride()));
            activated();
        }
        if (level < levels - 1) {
            line("x%d = y", level);
        }
    }

    private void added(Shortcut shortcut, List<Integer> stride) {
        boolean averaged = shortcut.pooled() && !stride.equals(POINT);
        if (averaged) {
            // In float: PyTorch has no average of bf16 maps on a CPU.
            line("m = torch.avg_pool3d(torch.to(z, 6), %s, %s, [0, 0, 0], False, True, None)", stride, stride);
            line("z = torch.to(m, ops.prim.dtype(z))");
        }
        shortcut.projection().ifPresent(projection -> {
            line("z = %s", convolved(projection.convolution(), "z", POINT, averaged ? POINT : stride));
            line("z = %s.forward(z)", at(projection.norm()));
        });
        line("y = y + z");
    }

    private void decoder(int step) {
        int level = levels - 2 - step;
        List<Integer> kernel = config.kernels().get(names.kernelLevel(level));
        String up = at(names.doubling(step)) + ".spread(y, " + config.strides().get(level + 1) + ")";
        line("y = torch.cat([%s, x%d], 1)", up, level);
        for (int unit = 0; unit < config.decoderConvolutions().get(level); unit++) {
            unit(names.decoder(step, unit), kernel, POINT);
            activated();
        }
    }

    private void unit(UnitPaths paths, List<Integer> kernel, List<Integer> stride) {
        line("y = %s", convolved(paths.convolution(), "y", kernel, stride));
        line("y = %s.forward(y)", at(paths.norm()));
    }

    private void activated() {
        line("y = torch.leaky_relu(y, 0.01)");
    }

    private String convolved(String path, String map, List<Integer> kernel, List<Integer> stride) {
        List<Integer> padding = new ArrayList<>();
        for (int axis = 0; axis < kernel.size(); axis++) {
            padding.add(names.padding(kernel.get(axis), stride.get(axis)));
        }
        return at(path) + ".forward(" + map + ", " + stride + ", " + padding + ")";
    }

    /** The module at a path; numbers are no attributes that the text can name otherwise. */
    private static String at(String path) {
        String module = "self";
        for (String name : path.split("\\.")) {
            module = Character.isDigit(name.charAt(0))
                    ? "getattr(" + module + ", \"" + name + "\")"
                    : module + "." + name;
        }
        return module;
    }

    private void line(String format, Object... arguments) {
        text.append("    ").append(String.format(format, arguments)).append('\n');
    }
}
