package io.deformux.results.state;

import io.deformux.schemas.FoldResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One fold of a training.
 *
 * @param fold counted from 0
 * @param stage how far it is, while it runs
 * @param curve loss and Dice as they were told, in ascending order
 * @param result what came of it
 * @param fault why it failed, if it did
 */
public record ShownFold(
        int fold,
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
        return new ShownFold(fold, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    ShownFold with(FoldResult done) {
        return new ShownFold(fold, Optional.empty(), curve, Optional.of(done), Optional.empty());
    }

    ShownFold with(Fault why) {
        return new ShownFold(fold, Optional.empty(), curve, Optional.empty(), Optional.of(why));
    }

    /** Progress that is told again, or that a restarted fold tells anew, replaces what was said of later iterations. */
    ShownFold with(StageProgress at, Point point) {
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
        return new ShownFold(fold, result.isPresent() ? Optional.empty() : Optional.of(at), points, result, fault);
    }
}
