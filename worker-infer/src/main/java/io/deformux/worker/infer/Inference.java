package io.deformux.worker.infer;

import io.deformux.transform.CropBox;
import io.deformux.transform.Grids;
import io.deformux.transform.LabelRestoration;
import io.deformux.transform.LabelRule;
import io.deformux.worker.infer.probability.Certainty;
import io.deformux.worker.infer.probability.DoubtSums;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.probability.ProbabilityMaps;
import java.nio.file.Path;
import java.util.Optional;

/** What becomes of the planes of one image: labels, sums of doubt and maps. One thread at a time; close it. */
final class Inference implements AutoCloseable {
    private final int channels;
    private final LabelRule rule;
    private final LabelRestoration restoration;
    private final DoubtSums doubts;
    private final Optional<ProbabilityMaps> maps;
    private float[] softmax = new float[0];

    private Inference(int labels, LabelRule rule, LabelRestoration restoration, Optional<ProbabilityMaps> maps) {
        this.channels = rule.channels(labels);
        this.rule = rule;
        this.restoration = restoration;
        this.doubts = new DoubtSums(labels, rule);
        this.maps = maps;
    }

    static Inference begin(Grids grids, CropBox box, int labels, LabelRule rule, MapWish wish, Path scratch) {
        LabelRestoration restoration = LabelRestoration.of(grids, box, rule.channels(labels), rule);
        return new Inference(labels, rule, restoration, wish.begin(scratch, grids, box, rule));
    }

    /** The next plane, as (channels, h, w) logits. */
    void acceptLogits(int plane, float[] logits) {
        if (softmax.length != logits.length) {
            softmax = new float[logits.length];
        }
        rule.probabilities(logits, channels, softmax, logits.length / channels);
        acceptProbabilities(plane, softmax);
    }

    /** The next plane, as (channels, h, w) probabilities. */
    void acceptProbabilities(int plane, float[] probabilities) {
        restoration.acceptProbabilities(plane, probabilities);
        float[] entropies = doubts.accept(probabilities);
        maps.ifPresent(all -> all.accept(probabilities, entropies));
    }

    /** What was found, which owns the maps from now on. */
    Segmentation finish() {
        maps.ifPresent(ProbabilityMaps::complete);
        return new Segmentation(restoration.finish(), new Certainty(Optional.of(doubts), maps));
    }

    @Override
    public void close() {
        maps.ifPresent(ProbabilityMaps::close);
    }
}
