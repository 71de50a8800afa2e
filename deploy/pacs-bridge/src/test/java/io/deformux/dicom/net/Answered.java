package io.deformux.dicom.net;

import java.util.ArrayList;
import java.util.List;

/** What a peer has said of objects that were sent to it. */
public final class Answered implements StorageUser.Answers {
    private final List<OutgoingObject> taken = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    @Override
    public void taken(OutgoingObject object) {
        taken.add(object);
    }

    @Override
    public void refused(OutgoingObject object, String why) {
        refusals.add(why);
    }

    /** What it has. */
    public List<OutgoingObject> taken() {
        return taken;
    }

    /** Why it does not take others. */
    public List<String> refusals() {
        return refusals;
    }
}
