package io.deformux.storage;

/** An output that has been brought to its storage, where nobody sees it yet. Belongs to one job. */
public interface StagedOutput {
    /**
     * Shows it under its name; one of the same name is replaced.
     *
     * @throws io.deformux.failure.JobException as {@link Storage#store} says
     */
    StoredObject publish();
}
