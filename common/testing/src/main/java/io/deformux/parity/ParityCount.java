package io.deformux.parity;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints how many parity cases a test run had, since a quiet build says nothing when all is well. */
public final class ParityCount implements TestExecutionListener {
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();

    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && isParity(test)) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> passed.incrementAndGet();
                case FAILED -> failed.incrementAndGet();
                case ABORTED -> skipped.incrementAndGet();
            }
        }
    }

    /** A dynamic test carries no tags of its own; the method that made it does. */
    private boolean isParity(TestIdentifier test) {
        return test.getTags().contains(TestTag.create("parity"))
                || plan.getParent(test).map(this::isParity).orElse(false);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (passed.get() + failed.get() + skipped.get() > 0) {
            System.out.printf("parity: %d passed, %d failed, %d skipped%n", passed.get(), failed.get(), skipped.get());
        }
    }
}
