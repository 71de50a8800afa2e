package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.Refusal;

/** What the cluster did not do for us: a {@link Refusal} where somebody has to deal with it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private RefusedException(Refusal refusal) {
        super(refusal.message(), refusal.cause());
        this.refusal = refusal;
    }

    /** What a client threw, told so that a person can act. */
    static RefusedException of(Throwable thrown) {
        return new RefusedException(Refusal.of(thrown));
    }

    /** Whether that is why. */
    boolean isFor(Class<? extends Throwable> kind) {
        return refusal.isFor(kind);
    }

    /** What to do about it. */
    String advice() {
        return refusal.advice();
    }
}
