package io.deformux.node;

import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.net.AssociationPolicy;
import io.deformux.dicom.net.AssociationServer;
import io.deformux.dicom.net.DimseCommand;
import io.deformux.dicom.net.StorageUser;
import io.deformux.dicom.pixel.PixelDecoders;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RulesFile;
import io.deformux.schemas.Topics;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.storage.s3.S3Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that runs: it listens from its start on, and announces while {@link #run} does. */
public final class DicomNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DicomNode.class);
    private static final URI SOURCE = URI.create("/deformux/dicom-node");
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final Duration LOOKED_UP = Duration.ofSeconds(30);

    private final SeriesStore store;
    private final PeerAddresses peers;
    private final AssociationServer server;
    private final NodeLoop loop;
    private final Optional<Returning> returning;

    /** What sends results back, and what that needs. */
    private record Returning(ResultReturn sender, StorageUser user, S3Storage buckets) {
        void close() {
            sender.close();
            user.close();
            buckets.close();
        }
    }

    private DicomNode(
            SeriesStore store,
            PeerAddresses peers,
            AssociationServer server,
            NodeLoop loop,
            Optional<Returning> returning) {
        this.store = store;
        this.peers = peers;
        this.server = server;
        this.loop = loop;
        this.returning = returning;
    }

    /**
     * Starts one.
     *
     * @throws IOException if its folder or port cannot be had
     * @throws IllegalArgumentException saying what of the rules is wrong
     */
    public static DicomNode start(DicomNodeConfig config, NodeObserver observer) throws IOException {
        RulesFile rules = RulesFile.open(config.rules(), observer::rules);
        SeriesStore store = SeriesStore.open(config.folder());
        PeerAddresses peers = PeerAddresses.of(config.peers(), LOOKED_UP);
        try {
            OwnJobs jobs = new OwnJobs(store.jobs(), config.giveBack().isPresent());
            AssociationServer server = AssociationServer.start(
                    config.listening(),
                    new AssociationPolicy(config.aeTitle(), peers, taken()),
                    new StoredInstances(store, config.mostBytes()),
                    observer);
            LOG.info("{} listens on port {}", config.aeTitle(), server.port());
            SeriesAnnouncer announcer =
                    new SeriesAnnouncer(store, jobs, rules::current, config.location(), config.quiet(), observer);
            NodeLoop loop = new NodeLoop(announcer, store, jobs, feed(config, store), config.keep(), observer);
            return new DicomNode(
                    store, peers, server, loop, config.giveBack().map(back -> returning(config, back, jobs, observer)));
        } catch (IOException | RuntimeException e) {
            peers.close();
            store.close();
            throw e;
        }
    }

    /** Verification, and the images that make volumes in all transfer syntaxes that are decoded. */
    private static Map<String, Set<String>> taken() {
        Map<String, Set<String>> taken = new HashMap<>();
        taken.put(
                DimseCommand.VERIFICATION,
                Set.of(TransferSyntax.IMPLICIT_LITTLE.uid(), TransferSyntax.EXPLICIT_LITTLE.uid()));
        for (StorageClass images : StorageClass.values()) {
            taken.put(images.uid(), PixelDecoders.standard().syntaxes());
        }
        return taken;
    }

    private static NodeFeed feed(DicomNodeConfig config, SeriesStore store) {
        return new NodeFeed(store, (folder, by) -> publisher(config, folder, by));
    }

    private static FeedPublisher publisher(DicomNodeConfig config, String folder, String by) {
        KafkaConnection kafka = config.kafka();
        if (config.createTopics()) {
            TopicSetup.create(kafka);
            FeedPublisher.createTopic(kafka);
        }
        return FeedPublisher.open(kafka, SOURCE, name(config.aeTitle(), folder), by);
    }

    /** A name for the feed of a folder in Kafka: two nodes of one title that have folders of their own do not share it. */
    private static String name(String aeTitle, String folder) {
        return "dicom-" + aeTitle.replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + folder;
    }

    private static Returning returning(
            DicomNodeConfig config, DicomNodeConfig.GiveBack back, OwnJobs jobs, NodeObserver observer) {
        back.scratch().ifPresent(Scratch::sweep);
        S3Storage buckets = new S3Storage(back.access());
        StorageUser user = new StorageUser(config.aeTitle(), config.listening().longest());
        Peer peer = back.peer();
        ResultReturn sender = new ResultReturn(
                jobs,
                () -> new EventReader(config.kafka(), List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST),
                new ObjectSender(
                        new StorageRouter(List.of(new FileStorage(back.access()), buckets)),
                        back.scratch().orElse(Path.of(System.getProperty("java.io.tmpdir"))),
                        user,
                        new StorageUser.Called(
                                peer.aeTitle(),
                                peer.host(),
                                peer.port().orElseThrow(),
                                peer.tls() ? config.listening().tls() : Optional.empty())),
                WAITS,
                observer);
        sender.start();
        return new Returning(sender, user, buckets);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Whether all its threads run that it is for. */
    public boolean runs() {
        return server.runs() && returning.map(back -> back.sender().runs()).orElse(true);
    }

    /**
     * Announces series until it is interrupted.
     *
     * @throws JobException if something goes wrong that no other try can mend
     */
    public void run() throws InterruptedException {
        loop.run();
    }

    @Override
    public void close() {
        server.close();
        peers.close();
        returning.ifPresent(Returning::close);
        try {
            store.close();
        } catch (IOException e) {
            LOG.debug("Cannot be closed", e);
        }
    }
}
