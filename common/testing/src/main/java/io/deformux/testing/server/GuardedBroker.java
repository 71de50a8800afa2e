package io.deformux.testing.server;

import io.deformux.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/**
 * The embedded broker, asking for user and password, with or without TLS, and allowing only what its ACLs say; it remembers
 * what it was asked for. Users' passwords are their names.
 */
public final class GuardedBroker implements AutoCloseable {
    /** How clients talk to it. */
    public enum Transport {
        /** Readable to everyone on the way. */
        PLAIN,
        /** Over TLS, with a certificate that only the clients of this broker trust. */
        TLS
    }

    private static final String ADMIN = "admin";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final Set<AskedRight> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, String> transport;
    private final EmbeddedBroker broker;
    private final Admin admin;

    /** Starts one without TLS. */
    public GuardedBroker(Path directory, Collection<String> users) {
        this(directory, Transport.PLAIN, users);
    }

    /** Starts one that knows {@code users}, who may do nothing yet. */
    public GuardedBroker(Path directory, Transport transport, Collection<String> users) {
        boolean tls = transport == Transport.TLS;
        String protocol = tls ? "SASL_SSL" : "SASL_PLAINTEXT";
        this.transport = new HashMap<>(Map.of("security.protocol", protocol, "sasl.mechanism", "PLAIN"));
        String known = users.stream()
                .map(user -> " user_" + user + "=\"" + user + "\"")
                .collect(Collectors.joining());
        String jaas = "listener.name." + EmbeddedBroker.LISTENER.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config";
        Map<String, Object> settings = new HashMap<>(Map.of(
                "listener.security.protocol.map",
                EmbeddedBroker.LISTENER + ":" + protocol + "," + EmbeddedBroker.CONTROLLER + ":PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                jaas,
                LOGIN + " username=\"admin\" password=\"admin\" user_admin=\"admin\"" + known + ";",
                "authorizer.class.name",
                RecordingAuthorizer.class.getName(),
                // The broker itself comes to the controller's listener without a name.
                "super.users",
                "User:" + ADMIN + ";User:ANONYMOUS",
                RecordingAuthorizer.ASKED,
                asked));
        if (tls) {
            SelfSignedKey key = SelfSignedKey.in(directory.resolve("tls"));
            settings.putAll(key.ofServer());
            settings.putAll(key.trust());
            this.transport.putAll(key.trust());
        }
        broker = EmbeddedBroker.start(directory.resolve("broker"), settings);
        Map<String, Object> connection = new HashMap<>(asAdmin());
        connection.put("bootstrap.servers", bootstrapServers());
        admin = Admin.create(connection);
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The client properties of somebody who may do everything. */
    public Map<String, String> asAdmin() {
        return as(ADMIN, ADMIN);
    }

    /** The client properties of a user. */
    public Map<String, String> as(String user, String password) {
        Map<String, String> properties = new HashMap<>(transport);
        properties.put("sasl.jaas.config", LOGIN + " username=\"" + user + "\" password=\"" + password + "\";");
        return properties;
    }

    /** Somebody who may do everything; closed with the broker. */
    public Admin admin() {
        return admin;
    }

    /** Allows a user some operations on everything whose name begins with a prefix, as {@link #grant(List)}. */
    public void grant(String user, ResourceType kind, String prefix, AclOperation... operations) {
        ResourcePattern resource = new ResourcePattern(kind, prefix, PatternType.PREFIXED);
        grant(Stream.of(operations)
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))
                .toList());
    }

    /** Grants rights, and waits until the broker knows them. */
    public void grant(List<AclBinding> rights) {
        try {
            admin.createAcls(rights).all().get();
        } catch (Exception e) {
            throw new IllegalStateException("the rights cannot be granted", e);
        }
        // The controller has them; the broker hears of them a moment later.
        Awaitility.await()
                .until(() ->
                        admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(rights));
    }

    /** Takes all rights of a user on one kind of thing away. */
    public void revoke(String user, ResourceType kind) {
        try {
            admin.deleteAcls(List.of(new AclBindingFilter(
                            new ResourcePatternFilter(kind, null, PatternType.ANY),
                            new AccessControlEntryFilter(
                                    "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY))))
                    .all()
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException("the rights cannot be taken away", e);
        }
    }

    /** What a user was allowed or refused so far. */
    public Set<AskedRight> askedBy(String user) {
        return asked.stream().filter(right -> right.user().equals(user)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
