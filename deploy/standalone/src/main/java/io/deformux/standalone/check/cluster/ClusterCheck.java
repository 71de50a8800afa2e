package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.standalone.check.Check;
import io.deformux.standalone.check.Finding;
import io.deformux.telemetry.metrics.Backlog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether workers can work with a Kafka cluster. */
public final class ClusterCheck implements Check {
    /** For the whole look; a cluster that is not there is given up earlier. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    static final String SECTION = "cluster";

    private static final Map<String, Object> PROMPT =
            Map.of("default.api.timeout.ms", 5_000, "request.timeout.ms", 4_000);

    private final KafkaConnection connection;
    private final List<WorkerRole> roles;

    /** @param roles the workers that are to work there */
    public ClusterCheck(KafkaConnection connection, List<WorkerRole> roles) {
        this.connection = connection;
        this.roles = roles.stream().map(role -> role.on(connection.topics())).toList();
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() {
        return ask(this::everything);
    }

    /** What a worker must find before it can begin: the cluster, the topics and its rights, and that its backlog lasts; not who works by now. */
    public List<Finding> lookAtNeeds() {
        return ask((admin, answers) -> {
            List<Finding> findings = new ArrayList<>(needs(admin, answers));
            findings.addAll(backlog(admin, answers));
            return findings;
        });
    }

    /** Only whether what waits for the workers is about to be deleted before anybody has read it. */
    List<Finding> lookAtBacklog() {
        return ask(this::backlog);
    }

    /** What waits for the workers, as far as it can be seen. */
    List<Backlog> backlogs() {
        return ask(
                (admin, answers) -> {
                    BacklogLook look = backlogLook(admin, answers);
                    return roles.stream()
                            .flatMap(role -> look.find(role).stream())
                            .toList();
                },
                unreachable -> List.of());
    }

    private interface Question<A> {
        A ask(Admin admin, Answers answers) throws RefusedException;
    }

    private List<Finding> ask(Question<List<Finding>> question) {
        return ask(question, refused -> List.of(unreachable(refused)));
    }

    private <A> A ask(Question<A> question, Function<RefusedException, A> otherwise) {
        Answers answers = new Answers(LIMIT);
        Admin admin;
        try {
            admin = Admin.create(connection.client(PROMPT));
        } catch (KafkaException e) {
            return otherwise.apply(RefusedException.of(e));
        }
        try {
            return question.ask(admin, answers);
        } catch (RefusedException e) {
            return otherwise.apply(e);
        } finally {
            admin.close(Duration.ofMillis(500));
        }
    }

    private List<Finding> needs(Admin admin, Answers answers) throws RefusedException {
        List<Finding> findings = new ArrayList<>(new BrokersLook(admin, answers).look());
        findings.addAll(new TopicsLook(admin, answers, connection).look(roles));
        RightsLook rights = new RightsLook(admin, answers);
        roles.forEach(role -> findings.addAll(rights.look(role)));
        return findings;
    }

    private List<Finding> everything(Admin admin, Answers answers) throws RefusedException {
        List<Finding> findings = new ArrayList<>(needs(admin, answers));
        GroupsLook groups = new GroupsLook(admin, answers, new WaitingRecords(connection));
        roles.forEach(role -> findings.addAll(groups.look(role)));
        findings.addAll(backlog(admin, answers));
        return findings;
    }

    private List<Finding> backlog(Admin admin, Answers answers) {
        BacklogLook look = backlogLook(admin, answers);
        return roles.stream().flatMap(role -> look.look(role).stream()).toList();
    }

    private BacklogLook backlogLook(Admin admin, Answers answers) {
        WaitingRecords waiting = new WaitingRecords(connection);
        return new BacklogLook(admin, answers, new GroupsLook(admin, answers, waiting), waiting);
    }

    private Finding unreachable(RefusedException refused) {
        return Finding.fail(SECTION, "reachable", connection + ": " + refused.getMessage(), refused.advice());
    }
}
