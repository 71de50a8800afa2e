package io.deformux.worker.train.job;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.torchscript.TorchFailure;
import io.deformux.network.weights.Weights;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.optimization.TrainingStep;
import io.deformux.worker.train.preparation.LabelledVoxels;
import io.deformux.worker.train.sampling.Batch;
import io.deformux.worker.train.sampling.BatchQueue;
import io.deformux.worker.train.sampling.CropSampler;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one fold. Its folder holds {@code last.checkpoint}, from which a job for the same fold, settings and data goes
 * on, and {@code best.pt}, the network as it validated best. Runs once, on the calling thread.
 */
public final class FoldJob {
    /** The file of the best network in a fold's folder, a TorchScript archive. */
    public static final String BEST = "best.pt";

    /** The file that a fold resumes from. */
    public static final String CHECKPOINT = "last.checkpoint";

    private static final Logger LOG = LoggerFactory.getLogger(FoldJob.class);
    static final int BATCHES_AHEAD = 4;
    private static final int MAKERS = 2;

    private final FoldSettings settings;
    private final FoldData data;
    private final Path path;
    private final Device device;
    private final TrainingListener listener;
    private final Pace pace = new Pace();
    private ResumableState state;
    private StepTimes times = StepTimes.ZERO;

    /**
     * A job that has not begun.
     *
     * @param data what it learns and validates on
     * @param folder the fold's own, made when needed
     * @param device where the network runs
     */
    public FoldJob(FoldSettings settings, FoldData data, Path folder, Device device, TrainingListener listener) {
        this.settings = settings;
        this.data = data;
        this.path = folder;
        this.device = device;
        this.listener = listener;
    }

    /**
     * Trains to the end, from the checkpoint if there is one. With the same settings and data on a CPU the result is bit
     * for bit the same, however often the job was interrupted.
     *
     * @param start the weights to begin with, if there is no checkpoint
     * @throws JobException JOB_CANCELLED after a checkpoint if the thread is interrupted, or if the listener throws it
     *     (without a checkpoint where the fold is another worker's), TRAINING_DIVERGED (if it does so twice),
     *     CHECKPOINT_INVALID, VOLUME_TOO_SMALL, ARITHMETIC_UNPROVEN, DEVICE_OUT_OF_MEMORY, DEVICE_FAILED,
     *     NETWORK_FAILED or OUTPUT_FAILED
     */
    public TrainedFold run(Weights start) {
        try (FoldFolder folder = new FoldFolder(path)) {
            new SecondLook(device).at(() -> TorchFailure.coded(() -> train(start, folder)));
            LOG.info("fold {}: {}", data.fold().number(), times);
            String sha256 = state.best().orElseThrow();
            return new TrainedFold(
                    data.fold().number(),
                    history().best().orElseThrow(),
                    history().validations(),
                    history().losses(),
                    folder.best(sha256),
                    sha256,
                    times,
                    state.secondsBefore() + times.training());
        }
    }

    private void train(Weights start, FoldFolder folder) {
        state = new ResumableState(data.identity(settings));
        times = StepTimes.ZERO; // the second time the checkpoint knows those of the first
        CropSampler sampler = data.sampler(settings);
        try (TrainableNetwork network = TrainableNetwork.of(settings.network(), start, device);
                TrainingStep step = new TrainingStep(network, settings.optimizer(), data.loss())) {
            network.requireProven(
                    settings.casesPerIteration() * settings.cropsPerCase(),
                    settings.crop().d(),
                    settings.crop().h(),
                    settings.crop().w(),
                    settings.seed());
            state.resume(folder, network, step);
            if (history().iteration() > 0) {
                LOG.info(
                        "fold {} goes on from iteration {}",
                        data.fold().number(),
                        history().iteration());
            }
            int threads = Math.min(MAKERS, Runtime.getRuntime().availableProcessors());
            try (BatchQueue batches = new BatchQueue(sampler, history().iteration(), threads, BATCHES_AHEAD)) {
                train(network, step, batches, folder);
            } catch (InterruptedException e) {
                throw cancelled(network, step, folder);
            } catch (JobException e) {
                throw e.code() == FailureCode.JOB_CANCELLED ? cancelled(network, step, folder) : e;
            }
        }
    }

    private void train(TrainableNetwork network, TrainingStep step, BatchQueue batches, FoldFolder folder)
            throws InterruptedException {
        Validation validation = new Validation(data, settings.crop(), settings.overlap(), listener::requireOwned);
        pace.start(history().iteration());
        while (true) {
            if (validationDue()) {
                validate(network, step, validation, folder);
            }
            if (history().iteration() >= settings.iterations() || stopsEarly()) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            iterate(network, step, batches);
        }
    }

    private void iterate(TrainableNetwork network, TrainingStep step, BatchQueue batches) throws InterruptedException {
        long start = System.nanoTime();
        try (NDManager scope = network.newScope()) {
            Batch batch = batches.take();
            NDArray images =
                    scope.create(FloatBuffer.wrap(batch.images()), shape(batch, batch.channels()), DataType.FLOAT32);
            NDArray labels = scope.create(ByteBuffer.wrap(batch.labels()), shape(batch, 1), DataType.UINT8);
            long loaded = System.nanoTime();
            TrainingStep.Outcome outcome = step.learn(images, labels, ignoredIn(batch));
            require(Double.isFinite(outcome.loss()), "the loss is " + outcome.loss());
            long learned = System.nanoTime();
            step.update();
            times = times.step(
                    loaded - start, outcome.forwardNanos(), outcome.backwardNanos(), System.nanoTime() - learned);
            history().add(outcome.loss());
        }
        listener.stepped(new TrainingProgress(
                data.fold().number(),
                history().iteration(),
                settings.iterations(),
                history().losses().get(history().iteration() - 1),
                settings.optimizer().learningRate(),
                history().latest(),
                pace.secondsLeft(history().iteration(), settings.iterations())));
    }

    private static Shape shape(Batch batch, int channels) {
        Shape3 size = batch.size();
        return new Shape(batch.count(), channels, size.d(), size.h(), size.w());
    }

    private OptionalInt ignoredIn(Batch batch) {
        return LabelledVoxels.lack(batch.labels(), settings.network().outChannels())
                ? OptionalInt.of(Byte.toUnsignedInt(LabelledVoxels.IGNORED))
                : OptionalInt.empty();
    }

    private TrainingHistory history() {
        return state.history();
    }

    private boolean stopsEarly() {
        if (settings.earlyStop().isEmpty()
                || history().validationsSinceBest() < settings.earlyStop().getAsInt()) {
            return false;
        }
        LOG.info(
                "fold {} stops early at iteration {}: {} validations were no better than that of iteration {}",
                data.fold().number(),
                history().iteration(),
                history().validationsSinceBest(),
                history().best().orElseThrow().iteration());
        return true;
    }

    private boolean validationDue() {
        int done = history().iteration();
        boolean interval = done > 0 && done % settings.validationInterval() == 0;
        int last = history().latest().map(ValidationScore::iteration).orElse(0);
        return last < done && (interval || done >= settings.iterations());
    }

    private void validate(TrainableNetwork network, TrainingStep step, Validation validation, FoldFolder folder) {
        listener.requireOwned();
        long start = System.nanoTime();
        // A finite loss can have gradients that are not: such weights must not take the place of good ones.
        require(network.weights().finite(), "the weights are no finite numbers any more");
        ValidationScore score = validation.score(network, history().iteration());
        history().add(score);
        if (history().best().orElseThrow() == score) {
            state.setBest(folder.keep(settings.network(), network.weights()));
        }
        folder.keep(state.checkpoint(network, step, times.training()), listener::requireOwned);
        listener.kept();
        times = times.validation(System.nanoTime() - start);
        LOG.info(
                "fold {} at iteration {}: Dice {} per label {}",
                data.fold().number(),
                score.iteration(),
                score.mean(),
                score.dicePerLabel());
        listener.validated(score);
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            String kept = history()
                    .latest()
                    .map(score -> "the checkpoint of iteration " + score.iteration() + " and the best network are kept")
                    .orElse("there is no checkpoint yet");
            throw new JobException(
                    FailureCode.TRAINING_DIVERGED,
                    otherwise + " at iteration " + history().iteration() + "; " + kept
                            + ": lower the learning rate, or look for damaged images");
        }
    }

    /** Of a fold that is another worker's by now nothing is kept. */
    private JobException cancelled(TrainableNetwork network, TrainingStep step, FoldFolder folder) {
        JobException cancelled = new JobException(
                FailureCode.JOB_CANCELLED,
                "stopped at iteration " + history().iteration() + "; the fold goes on from its checkpoint");
        try {
            requireStillOwned(cancelled);
            folder.keep(state.checkpoint(network, step, times.training()), () -> requireStillOwned(cancelled));
        } catch (JobException e) {
            return e;
        }
        return cancelled;
    }

    private void requireStillOwned(JobException otherwise) {
        if (!listener.owned()) {
            throw otherwise;
        }
    }
}
