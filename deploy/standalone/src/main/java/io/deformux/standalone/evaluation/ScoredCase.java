package io.deformux.standalone.evaluation;

import io.deformux.evaluation.LabelScore;
import java.util.List;

/**
 * The scores of one case.
 *
 * @param pair the files
 * @param voxels of the grid whose class the truth says
 * @param scores of labels, in their order
 */
public record ScoredCase(CasePair pair, long voxels, List<LabelScore> scores) {

    /** Keeps a copy. */
    public ScoredCase {
        scores = List.copyOf(scores);
    }

    /** The score of a label, which may be on neither side. */
    LabelScore of(int label) {
        return scores.stream()
                .filter(score -> score.label() == label)
                .findFirst()
                .orElse(LabelScore.absent(label));
    }
}
