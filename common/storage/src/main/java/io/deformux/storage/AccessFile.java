package io.deformux.storage;

import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An {@link AccessPolicy} as a properties file ({@link Properties#load(Reader)}, UTF-8). Every key is optional; a key
 * that is not one of these is an error, so that a slip of the pen cannot go unnoticed.
 *
 * <table>
 * <caption>Keys; NAME is any name of letters, digits, - and _, to keep the lines of one host or bucket together; hosts
 * and buckets are tried in the order of their names</caption>
 * <tr><td>{@code roots.input}<td>folders below which {@code file:} inputs may lie: absolute, parted by commas
 * <tr><td>{@code roots.output}<td>the same for outputs
 * <tr><td>{@code limits.max-bytes}<td>see {@link InputLimits}
 * <tr><td>{@code limits.max-files}<td>
 * <tr><td>{@code limits.max-expansion}<td>
 * <tr><td>{@code limits.max-seconds}<td>
 * <tr><td>{@code timeouts.connect-seconds}<td>see {@link Timeouts}
 * <tr><td>{@code timeouts.stall-seconds}<td>
 * <tr><td>{@code host.NAME.origin}<td>see {@link Origin#parse}; required
 * <tr><td>{@code host.NAME.networks}<td>private addresses that it may have, see {@link AddressBlock#parse}, by commas
 * <tr><td>{@code host.NAME.allow}<td>{@code read} (the default), {@code store}, or both with a comma
 * <tr><td>{@code host.NAME.user}<td>for basic credentials, with a password
 * <tr><td>{@code host.NAME.password-env}, {@code -file}<td>the variable or file that holds the password
 * <tr><td>{@code host.NAME.token-env}, {@code -file}<td>that holds a bearer token, instead of user and password
 * <tr><td>{@code bucket.NAME.name}<td>the bucket; required
 * <tr><td>{@code bucket.NAME.prefix}<td>what its keys must begin with, see {@link BucketRule}
 * <tr><td>{@code bucket.NAME.endpoint}<td>see {@link BucketRule}
 * <tr><td>{@code bucket.NAME.region}<td>{@code us-east-1} unless said
 * <tr><td>{@code bucket.NAME.allow}<td>as for a host
 * <tr><td>{@code bucket.NAME.access-key-env}, {@code -file}<td>with a secret key; neither: what the AWS SDK finds
 * <tr><td>{@code bucket.NAME.secret-key-env}, {@code -file}<td>
 * </table>
 *
 * <p>Secrets stand elsewhere; they are read once here, so that a missing one is found at the start.
 */
public final class AccessFile {
    private final Keys keys;

    private AccessFile(Keys keys) {
        this.keys = keys;
    }

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException if a key or value is wrong or a secret is not there; the message names the key
     * @throws UncheckedIOException if the file cannot be read
     */
    public static AccessPolicy read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the access file cannot be read", e);
        }
        AccessFile access = new AccessFile(new Keys(properties));
        AccessPolicy policy = access.policy();
        access.keys.refuseTheRest();
        return policy;
    }

    private AccessPolicy policy() {
        return new AccessPolicy(
                keys.list("roots.input", Path::of),
                keys.list("roots.output", Path::of),
                keys.names("host").map(this::host).toList(),
                keys.names("bucket").map(this::bucket).toList(),
                limits(),
                timeouts());
    }

    private InputLimits limits() {
        InputLimits usual = InputLimits.DEFAULT;
        return new InputLimits(
                keys.get("limits.max-bytes", Long::valueOf).orElse(usual.maxBytes()),
                keys.get("limits.max-files", Integer::valueOf).orElse(usual.maxFiles()),
                keys.get("limits.max-expansion", Integer::valueOf).orElse(usual.maxExpansion()),
                keys.get("limits.max-seconds", AccessFile::seconds).orElse(usual.maxTime()));
    }

    private Timeouts timeouts() {
        Timeouts usual = Timeouts.DEFAULT;
        return new Timeouts(
                keys.get("timeouts.connect-seconds", AccessFile::seconds).orElse(usual.connect()),
                keys.get("timeouts.stall-seconds", AccessFile::seconds).orElse(usual.stall()));
    }

    private HostRule host(String prefix) {
        return new HostRule(
                keys.required(prefix + "origin", Origin::parse),
                keys.list(prefix + "networks", AddressBlock::parse),
                uses(prefix),
                credentials(prefix));
    }

    private Optional<Credentials> credentials(String prefix) {
        Optional<String> user = keys.get(prefix + "user", Function.identity());
        Optional<Secret> password = secret(prefix + "password");
        Optional<Secret> token = secret(prefix + "token");
        if (user.isPresent() != password.isPresent() || (user.isPresent() && token.isPresent())) {
            throw new IllegalArgumentException(prefix + "*: give a user and a password, or a token, or neither");
        }
        return token.<Credentials>map(Credentials.Bearer::new)
                .or(() -> user.map(name -> new Credentials.Basic(name, password.get())));
    }

    private BucketRule bucket(String prefix) {
        Optional<Secret> access = secret(prefix + "access-key");
        Optional<Secret> secret = secret(prefix + "secret-key");
        if (access.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException(prefix + "*: give an access key and a secret key, or neither");
        }
        return new BucketRule(
                keys.required(prefix + "name", Function.identity()),
                keys.get(prefix + "prefix", Function.identity()).orElse(""),
                keys.get(prefix + "endpoint", URI::create),
                keys.get(prefix + "region", Function.identity()).orElse("us-east-1"),
                uses(prefix),
                access.map(key -> new BucketRule.Keys(key, secret.get())));
    }

    private Set<Use> uses(String prefix) {
        List<Use> uses = keys.list(prefix + "allow", AccessFile::use);
        return uses.isEmpty() ? EnumSet.of(Use.READ) : EnumSet.copyOf(uses);
    }

    private static Use use(String text) {
        return switch (text) {
            case "read" -> Use.READ;
            case "store" -> Use.STORE;
            default -> throw new IllegalArgumentException("neither read nor store: " + text);
        };
    }

    private Optional<Secret> secret(String key) {
        Optional<Secret> inEnvironment = keys.get(key + "-env", Secret.InEnvironment::new);
        Optional<Secret> inFile = keys.get(key + "-file", path -> new Secret.InFile(Path.of(path)));
        if (inEnvironment.isPresent() && inFile.isPresent()) {
            throw new IllegalArgumentException(key + ": give -env or -file, not both");
        }
        Optional<Secret> secret = inEnvironment.or(() -> inFile);
        try {
            secret.ifPresent(Secret::read);
        } catch (JobException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
        return secret;
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** The keys of a file, each taken once; what nobody took is unknown. */
    private static final class Keys {
        private final Properties properties;

        Keys(Properties properties) {
            this.properties = properties;
        }

        <T> Optional<T> get(String key, Function<String, T> parse) {
            Object value = properties.remove(key);
            try {
                return Optional.ofNullable(value)
                        .map(text -> parse.apply(text.toString().strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        }

        <T> T required(String key, Function<String, T> parse) {
            return get(key, parse).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
        }

        <T> List<T> list(String key, Function<String, T> parse) {
            return get(key, text -> Stream.of(text.split(","))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .map(parse)
                            .toList())
                    .orElse(List.of());
        }

        /** The beginnings of the keys of every host or bucket, such as {@code host.pacs.}, in order. */
        Stream<String> names(String kind) {
            return properties.stringPropertyNames().stream()
                    .filter(key -> key.matches(kind + "\\.[A-Za-z0-9_-]+\\..*"))
                    .map(key -> key.substring(0, key.indexOf('.', kind.length() + 1) + 1))
                    .sorted()
                    .distinct()
                    .toList()
                    .stream();
        }

        void refuseTheRest() {
            if (!properties.isEmpty()) {
                throw new IllegalArgumentException("unknown key: "
                        + properties.stringPropertyNames().stream()
                                .sorted()
                                .findFirst()
                                .orElseThrow());
            }
        }
    }
}
