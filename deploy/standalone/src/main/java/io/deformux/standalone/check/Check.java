package io.deformux.standalone.check;

import java.util.List;

/** Looks at one part of the installation. */
public interface Check {
    /** The section of its findings. */
    String section();

    /**
     * Looks. What can be foreseen to go wrong is a finding with advice of its own.
     *
     * @throws Exception what could not be foreseen; the {@link CheckReport} makes a finding of it
     */
    List<Finding> look() throws Exception;
}
