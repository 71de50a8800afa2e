package io.deformux.dicom.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may have an association, and for what. Immutable. */
public final class AssociationPolicy {
    private final String aeTitle;
    private final Peers peers;
    private final Map<String, Set<String>> syntaxes;

    /** Who is known. For all threads. */
    public interface Peers {
        /** Whether anybody who is known calls from this address. */
        boolean isAt(InetAddress address);

        /** Whether this AE title may call from this address. */
        boolean knows(String aeTitle, InetAddress address);
    }

    /**
     * A policy.
     *
     * @param aeTitle what we are called by
     * @param peers who may call
     * @param syntaxes the transfer syntaxes that are taken, by SOP class
     */
    public AssociationPolicy(String aeTitle, Peers peers, Map<String, Set<String>> syntaxes) {
        this.aeTitle = aeTitle;
        this.peers = peers;
        this.syntaxes = Map.copyOf(syntaxes);
    }

    /** Whether a connection from there is worth a thread. */
    boolean mayConnect(InetAddress address) {
        return peers.isAt(address);
    }

    /** Why an association is refused; empty if it is not. */
    Optional<Pdu.Rejection> rejection(Pdu.Names names, InetAddress address) {
        if (!peers.knows(names.calling(), address)) {
            return Optional.of(Pdu.Rejection.CALLING_TITLE);
        }
        return names.called().equals(aeTitle) ? Optional.empty() : Optional.of(Pdu.Rejection.CALLED_TITLE);
    }

    /** An answer to each proposal: of its transfer syntaxes the first that is taken. */
    List<Pdu.Answer> answers(List<Pdu.Proposal> proposals) {
        List<Pdu.Answer> answers = new ArrayList<>();
        for (Pdu.Proposal proposal : proposals) {
            Set<String> taken = syntaxes.get(proposal.abstractSyntax());
            String usual = proposal.transferSyntaxes().get(0);
            if (taken == null) {
                answers.add(new Pdu.Answer(proposal.id(), Pdu.Answer.NO_ABSTRACT_SYNTAX, usual));
            } else {
                answers.add(proposal.transferSyntaxes().stream()
                        .filter(taken::contains)
                        .findFirst()
                        .map(syntax -> new Pdu.Answer(proposal.id(), Pdu.Answer.ACCEPTED, syntax))
                        .orElse(new Pdu.Answer(proposal.id(), Pdu.Answer.NO_TRANSFER_SYNTAX, usual)));
            }
        }
        return answers;
    }
}
