package io.deformux.standalone.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Unit and bounds of whole numbers, beside the option that takes one or several; {@link Settings} refuses what lies outside.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Quantity {
    /** As in {@code s} or {@code voxels}. */
    String unit();

    /** The smallest number taken. */
    long least();

    /** The largest number taken. */
    long most();
}
