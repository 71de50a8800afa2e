package io.deformux.schemas;

/**
 * How well a network finds one label.
 *
 * @param value the label's value; where regions were learned, the place of one among them, from 1
 * @param name its name
 * @param dice Dice coefficient, 0 to 1
 * @param hd95Mm Hausdorff distance, 95th percentile, in mm
 * @param nsd normalised surface Dice at 1 mm, 0 to 1
 */
public record LabelFigures(int value, String name, FigureSummary dice, FigureSummary hd95Mm, FigureSummary nsd) {}
