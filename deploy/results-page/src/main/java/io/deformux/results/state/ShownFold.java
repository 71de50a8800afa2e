package io.deformux.results.state;

import io.deformux.schemas.FoldResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One fold of a training.
 *
 * @param fold counted from 0
 * @param said when its outcome was said or, while it runs, its newest progress
 * @param stage how far it is, while it runs
 * @param curve loss and Dice as they were told, in ascending order
 * @param result what came of it
 * @param fault why it failed, if it did
 */
public record ShownFold(
        int fold,
        Instant said,
        Optional<StageProgress> stage,
        List<Point> curve,
        Optional<FoldResult> result,
        Optional<Fault> fault) {
    /** A curve is thinned to half of its points where it would have more. */
    static final int MOST_POINTS = 512;

    /**
     * One point of a curve.
     *
     * @param iteration the iteration
     * @param loss the loss of that step
     * @param dice mean Dice of the last validation before it
     */
    public record Point(long iteration, Optional<Double> loss, Optional<Double> dice) {}

    /** Copies the list. */
    public ShownFold {
        curve = List.copyOf(curve);
    }

    static ShownFold empty(int fold) {
        return new ShownFold(fold, Instant.EPOCH, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** What a fold has brought stays, however late it tells of itself. */
    ShownFold with(FoldResult done, Instant time) {
        return new ShownFold(fold, time, Optional.empty(), curve, Optional.of(done), Optional.empty());
    }

    /** Unless something later is known: topics are read side by side, in any order. */
    ShownFold with(Fault why, Instant time) {
        boolean over = said.isAfter(stage.isPresent() ? time.plus(KnownResults.LAST_WORD) : time);
        return over ? this : new ShownFold(fold, time, Optional.empty(), curve, Optional.empty(), Optional.of(why));
    }

    /**
     * Progress that is told again, or that a restarted fold tells anew, replaces what was said of later iterations. What is
     * older than the outcome, or its start's last word, adds to the curve alone.
     */
    ShownFold with(StageProgress at, Point point, Instant time) {
        ArrayList<Point> points = new ArrayList<>(curve);
        points.removeIf(known -> known.iteration() >= point.iteration());
        if (point.loss().isPresent() || point.dice().isPresent()) {
            points.add(point);
        }
        if (points.size() > MOST_POINTS) {
            ArrayList<Point> half = new ArrayList<>();
            for (int i = 0; i < points.size(); i += 2) {
                half.add(points.get(i));
            }
            points = half;
        }
        Instant since = fault.isPresent() ? said.plus(KnownResults.LAST_WORD) : said;
        boolean runs = result.isEmpty() && !time.isBefore(since);
        return runs
                ? new ShownFold(fold, time, Optional.of(at), points, Optional.empty(), Optional.empty())
                : new ShownFold(fold, said, stage, points, result, fault);
    }
}
