package io.deformux.testing.server;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A right that a Kafka client needed.
 *
 * @param user who
 * @param operation to do what
 * @param kind on which kind of thing
 * @param name of that thing
 * @param granted whether it was allowed
 */
public record AskedRight(String user, AclOperation operation, ResourceType kind, String name, boolean granted) {}
