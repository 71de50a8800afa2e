package io.deformux.storage.web;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.HostRule;
import io.deformux.storage.Origin;
import io.deformux.storage.Use;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Whether a web reference may be followed: its form, its origin, and the addresses of its host. */
final class HostCheck {
    private final List<HostRule> rules;

    HostCheck(List<HostRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rule that allows this use of the host; its addresses are checked too. */
    HostRule admit(URI uri, Use use) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "a web reference names a host, and has no user information and no fragment; credentials belong to"
                            + " the configuration");
        }
        Origin origin = Origin.of(uri);
        HostRule rule = rules.stream()
                .filter(each -> each.origin().covers(origin) && each.uses().contains(use))
                .findFirst()
                .orElseThrow(() -> notAllowed(
                        use == Use.READ
                                ? "no allowed host has the scheme, name and port of the reference; allow it to be read"
                                : "no allowed host has the scheme, name and port of the output; allow storing to it"));
        checkAddresses(uri.getHost(), rule);
        return rule;
    }

    /** All of them: which one the client will take is not known. */
    private static void checkAddresses(String host, HostRule rule) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!rule.admits(address)) {
                    throw notAllowed("the host has an address that is not one of the Internet, and its network is not"
                            + " listed for it");
                }
            }
        } catch (UnknownHostException e) {
            // One of many that a pattern allows may be a slip of the job's; a host that is listed is not.
            throw new JobException(
                    rule.origin().host().startsWith("*.")
                            ? FailureCode.STORAGE_UNAVAILABLE
                            : FailureCode.HOST_UNREACHABLE,
                    "the name of the host cannot be resolved now, or not at all");
        }
    }

    private static JobException notAllowed(String message) {
        return new JobException(FailureCode.REFERENCE_NOT_ALLOWED, message);
    }
}
