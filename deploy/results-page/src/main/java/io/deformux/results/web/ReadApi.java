package io.deformux.results.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.results.state.Comparison;
import io.deformux.results.state.Failure;
import io.deformux.results.state.Job;
import io.deformux.results.state.KnownResults;
import io.deformux.results.state.Model;
import io.deformux.results.state.Training;
import io.deformux.schemas.ModelProvenance;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is known, as JSON: lists with search, filter and pages, and single entries. For all threads. */
final class ReadApi {
    private static final int MOST_OF_A_PAGE = 500;

    private final KnownResults results;

    ReadApi(KnownResults results) {
        this.results = results;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/jobs", Route.Right.READ, this::jobs),
                new Route("GET", "/api/jobs/{}", Route.Right.READ, this::job),
                new Route("GET", "/api/trainings", Route.Right.READ, this::trainings),
                new Route("GET", "/api/trainings/{}", Route.Right.READ, this::training),
                new Route("GET", "/api/comparisons", Route.Right.READ, this::comparisons),
                new Route("GET", "/api/comparisons/{}", Route.Right.READ, this::comparison),
                new Route("GET", "/api/models", Route.Right.READ, this::models),
                new Route("GET", "/api/models/{}/{}", Route.Right.READ, this::model),
                new Route("GET", "/api/failures", Route.Right.READ, this::failures));
    }

    private void jobs(Call call) throws IOException {
        List<Job> fitting = results.jobs().stream()
                .filter(job -> among(call, "state", job.state().word()))
                .filter(job -> call.query("model").isEmpty() || job.model().equals(call.query("model")))
                .filter(job -> mentions(
                        call,
                        job.id(),
                        job.model(),
                        job.fault().map(fault -> fault.code()).orElse("")))
                .toList();
        page(call, fitting, Views::job);
    }

    private void job(Call call) throws IOException {
        answer(call, Views.jobInFull(results.job(call.part(0)).orElseThrow(RefusedCallException::notFound)));
    }

    private void trainings(Call call) throws IOException {
        List<Training> fitting = results.trainings().stream()
                .filter(training -> among(call, "state", training.state().word()))
                .filter(training -> mentions(call, training.id()))
                .toList();
        page(call, fitting, Views::training);
    }

    private void training(Call call) throws IOException {
        answer(call, Views.trainingInFull(results.training(call.part(0)).orElseThrow(RefusedCallException::notFound)));
    }

    private void comparisons(Call call) throws IOException {
        List<Comparison> fitting = results.comparisons().stream()
                .filter(comparison -> among(call, "state", comparison.state().word()))
                .filter(comparison -> mentions(call, comparison.id()))
                .toList();
        page(call, fitting, Views::comparison);
    }

    private void comparison(Call call) throws IOException {
        answer(call, Views.comparison(results.comparison(call.part(0)).orElseThrow(RefusedCallException::notFound)));
    }

    private void models(Call call) throws IOException {
        List<Model> fitting = results.models().stream()
                .filter(model -> mentions(
                        call,
                        model.published().name(),
                        model.published().version(),
                        model.published()
                                .provenance()
                                .map(ModelProvenance::architecture)
                                .orElse(""),
                        model.published()
                                .provenance()
                                .flatMap(ModelProvenance::dataset)
                                .orElse("")))
                .toList();
        page(call, fitting, Views::model);
    }

    private void model(Call call) throws IOException {
        answer(
                call,
                Views.model(results.model(call.part(0), call.part(1)).orElseThrow(RefusedCallException::notFound)));
    }

    private void failures(Call call) throws IOException {
        List<Failure> fitting = results.failures().stream()
                .filter(failure -> among(call, "state", failure.state()))
                .filter(failure -> among(call, "code", failure.code()))
                .filter(failure -> mentions(call, failure.id(), failure.job().orElse(""), failure.code()))
                .toList();
        page(call, fitting, failure -> Views.failure(failure, results.about(failure)));
    }

    private static boolean among(Call call, String name, String value) {
        return call.query(name).isEmpty()
                || List.of(call.query(name).split(",")).contains(value);
    }

    private static boolean mentions(Call call, String... texts) {
        String wanted = call.query("q").toLowerCase(Locale.ROOT);
        return Stream.of(texts).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static <T> void page(Call call, List<T> all, Function<T, ObjectNode> view) throws IOException {
        int size = call.number("size", 50, 1, MOST_OF_A_PAGE);
        int page = call.number("page", 1, 1, Integer.MAX_VALUE / MOST_OF_A_PAGE);
        ObjectNode body =
                JsonText.object().put("total", all.size()).put("page", page).put("size", size);
        ArrayNode items = body.putArray("items");
        all.stream().skip((long) (page - 1) * size).limit(size).map(view).forEach(items::add);
        answer(call, body);
    }

    private static void answer(Call call, ObjectNode body) throws IOException {
        call.set("Cache-Control", "no-store");
        call.send(200, "application/json", JsonText.bytes(body));
    }
}
