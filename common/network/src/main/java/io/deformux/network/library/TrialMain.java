package io.deformux.network.library;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The child process of {@link ConvolutionTrial}: tries one {@link ArithmeticKind}, whose name is its only argument, on the
 * PyTorch that its system properties name, and prints the verdict as one line of JSON. It never chooses a library itself.
 */
public final class TrialMain {
    /** Longer than {@link ConvolutionTrial} waits, so that it is the one to say that there was no answer. */
    private static final Duration LIMIT = ConvolutionTrial.LIMIT.plusSeconds(30);

    private final ArithmeticKind kind;
    private int tried;
    private int wrong;
    private double worst = Double.NaN;
    private String first = "";

    private TrialMain(ArithmeticKind kind) {
        this.kind = kind;
    }

    /** Runs and prints. */
    public static void main(String[] arguments) {
        Lifeline.hold(LIMIT);
        PrintStream answer = System.out;
        // Whoever else prints must not get between the lines.
        System.setOut(System.err);
        answer.println(verdict(ArithmeticKind.valueOf(arguments[0])).toJson());
        answer.flush();
    }

    private static Verdict verdict(ArithmeticKind kind) {
        try {
            Engine.getEngine("PyTorch");
            if (kind == ArithmeticKind.FP32_WITHOUT_ONEDNN) {
                TorchContext.ofThisJvm().oneDnnOff();
            }
            return new TrialMain(kind).run();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return Verdict.unknown("PyTorch cannot be tried: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private Verdict run() throws IOException, MalformedModelException {
        try (ShapeTrial trial = new ShapeTrial()) {
            boolean gradients = kind == ArithmeticKind.FP32_GRADIENTS || kind == ArithmeticKind.FP32_WITHOUT_ONEDNN;
            if (kind != ArithmeticKind.FP32_GRADIENTS) {
                List<TriedConvolution> shapes = gradients ? TriedConvolutions.gradients() : TriedConvolutions.forward();
                boolean bfloat16 = kind == ArithmeticKind.BF16_FORWARD;
                shapes.forEach(shape -> note(shape.name(), trial.forward(shape, bfloat16, tried)));
            }
            if (gradients) {
                TriedConvolutions.gradients()
                        .forEach(shape -> note("gradients of " + shape.name(), trial.gradients(shape, tried)));
            }
        }
        return new Verdict(
                wrong == 0,
                Double.isNaN(worst) ? OptionalDouble.empty() : OptionalDouble.of(worst),
                wrong + " of " + tried + " convolutions wrong" + first,
                true);
    }

    private void note(String name, double error) {
        tried++;
        if (Double.isFinite(error)) {
            worst = Double.isNaN(worst) ? error : Math.max(worst, error);
        }
        if (!(error <= kind.tolerance())) {
            wrong++;
            first = first.isEmpty()
                    ? ", first " + name + " (" + (Double.isFinite(error) ? "error " + error : "not finite") + ")"
                    : first;
        }
    }
}
