package io.deformux.node;

import io.deformux.dicom.net.AssociationServer;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.storage.AccessPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node needs to know.
 *
 * @param kafka how to reach the cluster
 * @param createTopics whether missing topics are created
 * @param aeTitle what it is called by
 * @param listening how it listens
 * @param peers who may call it
 * @param folder where series are collected and kept
 * @param location the folder as the workers see it
 * @param rules the file of which series go to which models
 * @param quiet after so long without an instance a series is whole
 * @param keep series are deleted after so long
 * @param mostBytes larger instances are refused
 * @param giveBack whom results are sent to; empty: nobody
 */
public record DicomNodeConfig(
        KafkaConnection kafka,
        boolean createTopics,
        String aeTitle,
        AssociationServer.Settings listening,
        PeerList peers,
        Path folder,
        URI location,
        Path rules,
        Duration quiet,
        Duration keep,
        long mostBytes,
        Optional<GiveBack> giveBack) {

    /**
     * How results are sent back.
     *
     * @param peer to whom
     * @param access where outputs may be read from
     * @param scratch where outputs from elsewhere lie meanwhile, and what dead processes have left there is deleted; empty: in
     *     the system's temporary folder, which others have too
     */
    public record GiveBack(Peer peer, AccessPolicy access, Optional<Path> scratch) {}
}
