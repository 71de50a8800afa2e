package io.deformux.testing.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which tells what it was asked. What Kafka itself does not log, such as which operations
 * a user would be allowed, counts as not asked.
 */
public final class RecordingAuthorizer extends StandardAuthorizer {
    /** The broker setting that holds the set to put it into. */
    static final String ASKED = "testing.asked";

    private Set<AskedRight> asked;

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> settings) {
        super.configure(settings);
        asked = (Set<AskedRight>) settings.get(ASKED);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int n = 0; n < actions.size(); n++) {
            Action action = actions.get(n);
            boolean granted = results.get(n) == AuthorizationResult.ALLOWED;
            if (granted ? action.logIfAllowed() : action.logIfDenied()) {
                asked.add(new AskedRight(
                        context.principal().getName(),
                        action.operation(),
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name(),
                        granted));
            }
        }
        return results;
    }
}
