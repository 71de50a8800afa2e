package io.deformux.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends a run that hangs. JUnit's own timeout covers neither dynamic tests nor those of other engines, and all it can do
 * is interrupt, which a busy loop and native code do not notice. So when nothing has begun or ended for longer than any
 * test may take, the threads are printed and the running test is interrupted; if it does not end of that, the JVM does,
 * and with it the build fails. A test with a longer {@link Timeout} of its own gets that and the time of grace.
 *
 * <p>The tests' thread calls, a thread of its own watches; both hold this object's lock. Off under a debugger.
 */
public final class HangWatch implements TestExecutionListener {
    private final Duration patience;
    private final Duration grace;
    private final Consumer<String> out;
    private final Runnable endOfRun;

    private boolean running;
    private String doing = "";
    private Thread thread;
    private Duration allowed;
    private long since;
    private boolean interrupted;

    /** Somewhat longer than JUnit's timeout in the parent pom. */
    public HangWatch() {
        this(Duration.ofMinutes(11), Duration.ofMinutes(1), text -> System.out.println(text), () -> Runtime.getRuntime()
                .halt(1));
    }

    HangWatch(Duration patience, Duration grace, Consumer<String> out, Runnable endOfRun) {
        this.patience = patience;
        this.grace = grace;
        this.out = out;
        this.endOfRun = endOfRun;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        begin("the run", patience);
        if (!isDebugged()) {
            running = true;
            Thread watch = new Thread(this::watch, "hang-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        begin(TestName.of(test), allowed(test));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        begin("what follows " + TestName.of(test), patience);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        running = false;
        notifyAll();
    }

    private synchronized void begin(String what, Duration time) {
        if (interrupted) {
            Thread.interrupted(); // meant for what is over now
        }
        interrupted = false;
        doing = what;
        thread = Thread.currentThread();
        allowed = time;
        since = System.nanoTime();
    }

    private Duration allowed(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .flatMap(source -> timeout((MethodSource) source))
                .map(own -> Duration.of(own.value(), own.unit().toChronoUnit()).plus(grace))
                .filter(own -> own.compareTo(patience) > 0)
                .orElse(patience);
    }

    private static Optional<Timeout> timeout(MethodSource source) {
        return AnnotationSupport.findAnnotation(source.getJavaMethod(), Timeout.class)
                .or(() -> AnnotationSupport.findAnnotation(source.getJavaClass(), Timeout.class));
    }

    private synchronized void watch() {
        try {
            while (running) {
                long left = since
                        + allowed.plus(interrupted ? grace : Duration.ZERO).toNanos()
                        - System.nanoTime();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else if (interrupted) {
                    running = false;
                    endOfRun.run();
                } else {
                    interrupted = true;
                    out.accept(report());
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody watches any more
        }
    }

    private String report() {
        StringBuilder text = new StringBuilder("HANGS: ")
                .append(doing)
                .append(" has gone on for ")
                .append(allowed.toSeconds())
                .append(" s; it is interrupted now, and the tests' JVM ends in ")
                .append(grace.toSeconds())
                .append(" s if that is not noticed. All threads:\n");
        Thread.getAllStackTraces().forEach((each, frames) -> {
            text.append('"').append(each.getName()).append("\" ").append(each.getState());
            for (StackTraceElement frame : frames) {
                text.append("\n\tat ").append(frame);
            }
            text.append("\n\n");
        });
        return text.toString();
    }

    private static boolean isDebugged() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
