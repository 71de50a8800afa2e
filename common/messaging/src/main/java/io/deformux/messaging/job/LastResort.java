package io.deformux.messaging.job;

/** What ends a process that cannot go on by itself, so that whoever watches it starts another one. For all threads. */
public interface LastResort {
    /** Leaves it to the loop, which takes no further job. */
    LastResort NONE = new LastResort() {
        @Override
        public void stuck() {}

        @Override
        public void broken(Error error) {}
    };

    /** A job has not noticed its end, as in a native call: its thread and the device are lost. */
    void stuck();

    /** A thread without which a worker does not do all that it should, such as a loop's, has ended by an error. */
    void broken(Error error);
}
