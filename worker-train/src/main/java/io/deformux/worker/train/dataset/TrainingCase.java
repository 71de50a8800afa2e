package io.deformux.worker.train.dataset;

import java.nio.file.Path;

/**
 * One image with its label map.
 *
 * @param id what splits files call it: the file name of the label map without its extension
 * @param image a NIfTI file
 * @param label a NIfTI file on the same grid
 */
public record TrainingCase(String id, Path image, Path label) {}
