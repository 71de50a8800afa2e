package io.deformux.standalone.evaluation;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.infer.result.SourceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which prediction belongs to which truth: by name (a prediction is named as its truth; a result of ours is of the job or the
 * scan that the truth is named after), or as a file of pairs says. Never one prediction for two truths, nor two for one.
 *
 * @param pairs by name
 * @param leftOver predictions that no truth was found for
 */
public record CasePairs(List<CasePair> pairs, List<Path> leftOver) {
    private static final String LABEL_MAP_NAME = ".*\\.(nii|nii\\.gz|mha|nrrd)";
    private static final String MANIFEST = "manifest.json";
    private static final int MOST_FOLDERS = 6;

    /** Keeps copies. */
    public CasePairs {
        pairs = List.copyOf(pairs);
        leftOver = List.copyOf(leftOver);
    }

    /**
     * By name.
     *
     * @param predictions a label map, or a folder of them or of jobs' results
     * @param labels the truth: a label map, or a folder of them
     * @throws JobException INPUT_NOT_FOUND or DATASET_INVALID, which says what belongs to nothing or to several
     */
    public static CasePairs byName(Path predictions, Path labels) {
        List<Path> truths = labelMaps(labels);
        List<Prediction> found = predictions(predictions);
        if (!Files.isDirectory(labels) && found.size() == 1) {
            return new CasePairs(
                    List.of(new CasePair(name(truths.get(0)), found.get(0).file(), truths.get(0))), List.of());
        }
        if (!Files.isDirectory(predictions) && truths.size() > 1) {
            throw ambiguous("one prediction cannot be scored against " + truths.size()
                    + " truths: name its truth with --labels, or give a folder of predictions");
        }
        List<Prediction> left = new ArrayList<>(found);
        List<CasePair> pairs = new ArrayList<>();
        for (Path truth : truths) {
            Prediction prediction = only(truth, found);
            if (!left.remove(prediction)) {
                throw ambiguous(prediction.file() + " is the prediction of two truths, " + name(truth)
                        + " among them: part them, or say with --pairs what belongs together");
            }
            pairs.add(new CasePair(name(truth), prediction.file(), truth));
        }
        return new CasePairs(pairs, left.stream().map(Prediction::file).toList());
    }

    /**
     * As the lines of a file say, {@code prediction,truth} each; empty lines and those that begin with {@code #} are passed
     * over.
     *
     * @param predictions the folder of the predictions' names
     * @param labels the folder of the truths' names
     */
    public static CasePairs listed(Path file, Path predictions, Path labels) {
        List<CasePair> pairs = new ArrayList<>();
        for (String line : lines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] names = line.split("[,\t]");
                if (names.length != 2) {
                    throw ambiguous("a line of the pairs file is not \"prediction,truth\": " + line);
                }
                Path prediction = labelMap(predictions.resolve(names[0].strip()));
                Path truth = labelMap(labels.resolve(names[1].strip()));
                requireNew(pairs, prediction, truth);
                pairs.add(new CasePair(names[1].strip(), prediction, truth));
            }
        }
        if (pairs.isEmpty()) {
            throw ambiguous("the pairs file has no line \"prediction,truth\"");
        }
        return new CasePairs(pairs, List.of());
    }

    private static void requireNew(List<CasePair> pairs, Path prediction, Path truth) {
        for (CasePair pair : pairs) {
            if (pair.prediction().equals(prediction) || pair.truth().equals(truth)) {
                throw ambiguous("the pairs file names " + (pair.truth().equals(truth) ? truth : prediction)
                        + " twice: each prediction has one truth");
            }
        }
    }

    /** A label map, or the one of a job's folder. */
    private static Path labelMap(Path path) {
        List<Prediction> found = predictions(path);
        if (found.size() != 1) {
            throw ambiguous(path + " holds " + found.size() + " label maps: name the one that is meant");
        }
        return found.get(0).file();
    }

    private static Prediction only(Path truth, List<Prediction> predictions) {
        String name = SourceName.withoutEnding(truth.getFileName().toString());
        List<Prediction> fitting =
                predictions.stream().filter(each -> each.isOf(name)).toList();
        if (fitting.isEmpty()) {
            throw new JobException(
                    FailureCode.INPUT_NOT_FOUND,
                    "there is no prediction for " + name(truth)
                            + "; name it like its truth, the job or scan of a result too, or use --pairs");
        }
        if (fitting.size() > 1) {
            throw ambiguous("there are " + fitting.size() + " predictions for " + name(truth) + ", "
                    + fitting.get(0).file() + " and " + fitting.get(1).file()
                    + ": give a folder with one, or say with --pairs which is meant");
        }
        return fitting.get(0);
    }

    private static List<Prediction> predictions(Path path) {
        if (!Files.isDirectory(path)) {
            return labelMaps(path).stream()
                    .<Prediction>map(Prediction.Named::new)
                    .toList();
        }
        List<Prediction> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path, MOST_FOLDERS)) {
            files.filter(file -> file.getFileName().toString().equals(MANIFEST))
                    .sorted()
                    .map(Prediction.OfJob::in)
                    .flatMap(Optional::stream)
                    .forEach(found::add);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        List<Path> ours = found.stream().map(Prediction::file).toList();
        list(path).stream().filter(file -> !ours.contains(file)).forEach(file -> found.add(new Prediction.Named(file)));
        return found;
    }

    /** One file, or those of a folder, by name. */
    private static List<Path> labelMaps(Path path) {
        List<Path> files = Files.isDirectory(path)
                ? list(path)
                : Stream.of(path).filter(Files::exists).toList();
        if (files.isEmpty()) {
            throw none(path);
        }
        return files;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(LABEL_MAP_NAME))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String name(Path truth) {
        return truth.getFileName().toString();
    }

    private static JobException none(Path path) {
        return new JobException(
                FailureCode.INPUT_NOT_FOUND,
                "no label map (.nii, .nii.gz, .mha, .nrrd) and no result of a job is at " + path);
    }

    private static JobException unreadable(Path path, IOException e) {
        return new JobException(FailureCode.INPUT_NOT_FOUND, path + " cannot be read", e);
    }

    private static JobException ambiguous(String message) {
        return new JobException(FailureCode.DATASET_INVALID, message);
    }
}
