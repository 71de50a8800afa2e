package io.deformux.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the worker shows who it is; from the configuration, never from an event. */
public sealed interface Credentials {

    /** The value of an {@code Authorization} header; throws what {@link Secret#read} throws. */
    String authorization();

    /**
     * User and password (RFC 7617).
     *
     * @param user the user, without {@code :}
     * @param password the password
     */
    record Basic(String user, Secret password) implements Credentials {
        @Override
        public String authorization() {
            byte[] pair = (user + ":" + password.read()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
    }

    /**
     * A token (RFC 6750).
     *
     * @param token the token
     */
    record Bearer(Secret token) implements Credentials {
        @Override
        public String authorization() {
            return "Bearer " + token.read();
        }
    }
}
