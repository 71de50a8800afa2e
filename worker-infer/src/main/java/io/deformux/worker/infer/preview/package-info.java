/**
 * A picture of a result for people: three planes with the labels over them, and a legend.
 *
 * <p>Drawn on an array of pixels with strokes and letters of its own: no display, no fonts of the machine, and so the
 * same bytes everywhere. Shows nothing of a DICOM header.
 *
 * <p>Threads: {@link io.deformux.worker.infer.preview.Preview} may be shared. May import {@code transform} and {@code
 * volume}.
 */
package io.deformux.worker.infer.preview;
