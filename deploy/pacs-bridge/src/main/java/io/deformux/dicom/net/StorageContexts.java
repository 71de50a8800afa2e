package io.deformux.dicom.net;

import java.util.ArrayList;
import java.util.List;

/**
 * The presentation contexts that objects need: one for each class and transfer syntax, so that the peer cannot choose one
 * while it takes a better one too.
 *
 * @param proposals ids count up from 1 in steps of 2
 */
record StorageContexts(List<Pdu.Proposal> proposals) {
    /** The list is copied. */
    StorageContexts {
        proposals = List.copyOf(proposals);
    }

    static StorageContexts of(List<OutgoingObject> objects) {
        List<Pdu.Proposal> proposals = new ArrayList<>();
        for (OutgoingObject object : objects) {
            for (String syntax : object.syntaxes()) {
                if (proposals.stream().noneMatch(one -> isOf(one, object, syntax))) {
                    proposals.add(new Pdu.Proposal(2 * proposals.size() + 1, object.sopClass(), List.of(syntax)));
                }
            }
        }
        return new StorageContexts(proposals);
    }

    private static boolean isOf(Pdu.Proposal proposal, OutgoingObject object, String syntax) {
        return proposal.abstractSyntax().equals(object.sopClass())
                && proposal.transferSyntaxes().get(0).equals(syntax);
    }

    /**
     * The id of the context for an object: of the syntaxes that it can be sent in the first that the peer takes.
     *
     * @throws RefusedObjectException if it takes none
     */
    int of(OutgoingObject object, Association association) throws RefusedObjectException {
        for (String syntax : object.syntaxes()) {
            for (Pdu.Proposal proposal : proposals) {
                if (isOf(proposal, object, syntax)
                        && association.context(proposal.id()).isPresent()) {
                    return proposal.id();
                }
            }
        }
        throw new RefusedObjectException("the peer does not take objects of this kind and transfer syntax");
    }
}
