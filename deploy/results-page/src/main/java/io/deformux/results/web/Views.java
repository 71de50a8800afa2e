package io.deformux.results.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.results.state.Comparison;
import io.deformux.results.state.Failure;
import io.deformux.results.state.Fault;
import io.deformux.results.state.Job;
import io.deformux.results.state.KnownResults;
import io.deformux.results.state.Model;
import io.deformux.results.state.ShownFold;
import io.deformux.results.state.StageProgress;
import io.deformux.results.state.Training;
import java.util.Optional;
import java.util.function.Function;

/** What is known as the JSON that {@code openapi.json} describes. Immutable, for all threads. */
final class Views {
    private Views() {}

    static ObjectNode job(Job job) {
        ObjectNode view = JsonText.object()
                .put("id", job.id())
                .put("state", job.state().word())
                .put("time", job.changed().toString())
                .put("warnings", job.warnings());
        if (!job.model().isEmpty()) {
            view.put("model", job.model());
        }
        job.stage().ifPresent(stage -> view.set("stage", stage(stage)));
        job.fault().ifPresent(fault -> view.set("fault", fault(fault)));
        return view;
    }

    /** The same and, of a completed job, its event and the addresses of its files here. */
    static ObjectNode jobInFull(Job job) {
        ObjectNode view = job(job);
        job.result().ifPresent(json -> {
            JsonNode result = JsonText.parse(json.utf8());
            view.set("result", result);
            ArrayNode files = view.putArray("files");
            result.path("outputs").forEach(output -> {
                if (OutputFiles.isServed(output.path("uri").asText())) {
                    files.add(file(job, output));
                }
            });
        });
        return view;
    }

    private static ObjectNode file(Job job, JsonNode output) {
        ObjectNode view = JsonText.object()
                .put("role", output.path("role").asText())
                .put("mediaType", output.path("mediaType").asText())
                .put("sizeBytes", output.path("sizeBytes").asLong());
        if (output.has("className")) {
            view.put("className", output.path("className").asText());
        }
        return view.put("href", OutputFiles.address(job.id(), output));
    }

    /** Without the curves of its folds: of many trainings they would be megabytes. */
    static ObjectNode training(Training training) {
        return training(training, Views::fold);
    }

    static ObjectNode trainingInFull(Training training) {
        return training(training, Views::foldInFull);
    }

    private static ObjectNode training(Training training, Function<ShownFold, ObjectNode> shown) {
        ObjectNode view = JsonText.object()
                .put("id", training.id())
                .put("state", training.state().word())
                .put("time", training.changed().toString());
        training.end().ifPresent(end -> {
            view.put("meanDice", end.meanDice())
                    .put("model", end.model().name() + " " + end.model().version());
            end.sdDice().ifPresent(sd -> view.put("sdDice", sd));
            view.put("durationMs", end.durationMs());
            view.set("dice", JsonText.tree(end.dice()));
        });
        training.fault().ifPresent(fault -> view.set("fault", fault(fault)));
        ArrayNode folds = view.putArray("folds");
        training.folds().values().forEach(fold -> folds.add(shown.apply(fold)));
        return view;
    }

    static ObjectNode comparison(Comparison comparison) {
        ObjectNode view = JsonText.object()
                .put("id", comparison.id())
                .put("state", comparison.state().word())
                .put("time", comparison.changed().toString());
        comparison.end().ifPresent(end -> view.put("cases", end.cases())
                .put("resamples", end.resamples())
                .put("durationMs", end.durationMs()));
        view.set("networks", JsonText.tree(comparison.networks()));
        view.set("failed", JsonText.tree(comparison.failed()));
        comparison.fault().ifPresent(fault -> view.set("fault", fault(fault)));
        return view;
    }

    private static ObjectNode fold(ShownFold fold) {
        ObjectNode view = JsonText.object().put("fold", fold.fold());
        fold.stage().ifPresent(stage -> view.set("stage", stage(stage)));
        fold.fault().ifPresent(fault -> view.set("fault", fault(fault)));
        fold.result().ifPresent(result -> view.set("result", JsonText.tree(result)));
        return view;
    }

    private static ObjectNode foldInFull(ShownFold fold) {
        ObjectNode view = fold(fold);
        ArrayNode curve = view.putArray("curve");
        fold.curve().forEach(point -> {
            ObjectNode one = curve.addObject().put("iteration", point.iteration());
            point.loss().ifPresent(loss -> one.put("loss", loss));
            point.dice().ifPresent(dice -> one.put("dice", dice));
        });
        return view;
    }

    static ObjectNode model(Model model) {
        ObjectNode view = (ObjectNode) JsonText.tree(model.published());
        view.put("time", model.time().toString());
        return view;
    }

    static ObjectNode failure(Failure failure, Optional<KnownResults.Change> about) {
        ObjectNode view = JsonText.object()
                .put("id", failure.id())
                .put("state", failure.state())
                .put("time", failure.time().toString())
                .put("code", failure.code())
                .put("message", failure.message())
                .put("topic", failure.topic())
                .put("attempts", failure.attempts());
        failure.job().ifPresent(job -> view.put("job", job));
        about.ifPresent(
                known -> view.putObject("about").put("kind", known.kind()).put("id", known.id()));
        failure.since().ifPresent(since -> view.put("since", since));
        return view;
    }

    private static ObjectNode stage(StageProgress stage) {
        ObjectNode view = JsonText.object()
                .put("stage", stage.stage())
                .put("done", stage.done())
                .put("total", stage.total())
                .put("unit", stage.unit());
        Optional<Long> eta = stage.etaMs();
        eta.ifPresent(ms -> view.put("etaMs", ms));
        return view;
    }

    private static ObjectNode fault(Fault fault) {
        ObjectNode view = JsonText.object().put("code", fault.code()).put("message", fault.message());
        if (!fault.stage().isEmpty()) {
            view.put("stage", fault.stage());
        }
        return view;
    }
}
