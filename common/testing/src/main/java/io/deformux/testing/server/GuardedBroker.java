package io.deformux.testing.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.awaitility.Awaitility;

/** A broker that asks for user and password and allows only what its ACLs say. Users' passwords are their names. */
public final class GuardedBroker implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final int port = freePort();
    private final KafkaRaftServer server;

    /** Starts one, with its log in an empty folder. */
    public GuardedBroker(Path directory, List<String> users) throws Exception {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .run();
        }
        server = new KafkaRaftServer(new KafkaConfig(properties(directory, users), false), Time.SYSTEM);
        server.startup();
    }

    /** Its address. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The client properties of somebody who may do everything. */
    public Map<String, String> asAdmin() {
        return as(ADMIN, ADMIN);
    }

    /** The client properties of a user. */
    public Map<String, String> as(String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"" + user + "\" password=\"" + password + "\";");
    }

    /**
     * Allows a user some operations on everything whose name begins with a prefix, and waits until the broker knows.
     */
    public void grant(String user, ResourceType kind, String prefix, AclOperation... operations) throws Exception {
        ResourcePattern resource = new ResourcePattern(kind, prefix, PatternType.PREFIXED);
        List<AclBinding> granted = Stream.of(operations)
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))
                .toList();
        Map<String, Object> client = new HashMap<>(asAdmin());
        client.put("bootstrap.servers", bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createAcls(granted).all().get();
            // The controller has them; the broker hears of them a moment later.
            Awaitility.await().until(() -> admin.describeAcls(AclBindingFilter.ANY)
                    .values()
                    .get()
                    .containsAll(granted));
        }
    }

    private Properties properties(Path directory, List<String> users) {
        int controller = freePort();
        String known = users.stream()
                .map(user -> " user_" + user + "=\"" + user + "\"")
                .collect(Collectors.joining());
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("log.dirs", directory.toString());
        p.put("listeners", "USERS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        p.put("advertised.listeners", "USERS://127.0.0.1:" + port);
        p.put("listener.security.protocol.map", "USERS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "USERS");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        p.put("sasl.enabled.mechanisms", "PLAIN");
        p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        p.put(
                "listener.name.users.plain.sasl.jaas.config",
                LOGIN + " username=\"admin\" password=\"admin\" user_admin=\"admin\"" + known + ";");
        p.put("authorizer.class.name", StandardAuthorizer.class.getName());
        // The broker itself comes to the controller's listener without a name.
        p.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        p.put("auto.create.topics.enable", "false");
        for (String prefix : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(prefix + ".replication.factor", "1");
            p.put(prefix + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        // As the embedded broker: a lone worker need not wait for others, a short session makes the take-over quick.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.min.session.timeout.ms", "1000");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        return p;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
