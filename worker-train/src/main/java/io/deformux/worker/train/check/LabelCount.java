package io.deformux.worker.train.check;

/**
 * How often a label occurs in a data set.
 *
 * @param name what it is called
 * @param cases in how many label maps it is
 * @param voxels in all of them together
 */
public record LabelCount(String name, long cases, long voxels) {
    LabelCount and(long more) {
        return new LabelCount(name, cases + (more > 0 ? 1 : 0), voxels + more);
    }
}
