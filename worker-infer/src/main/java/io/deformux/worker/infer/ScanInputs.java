package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Preset;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that a job names, in the order in which the model sees them.
 *
 * @param first the model's first channel, whose grid and series are the result's
 * @param others by the names of their channels
 */
record ScanInputs(InputReference first, Map<String, InputReference> others) {

    /**
     * Puts them in order.
     *
     * @throws JobException {@code INPUT_CHANNELS_MISMATCH} if they are not those of the model
     */
    static ScanInputs of(ScanArrived job, Preset preset) {
        List<String> names = preset.channels().stream().map(ImageChannel::name).toList();
        Map<String, InputReference> given = new LinkedHashMap<>();
        for (ChannelReference channel : job.otherChannels().orElse(List.of())) {
            if (given.put(channel.name(), channel.input()) != null) {
                throw mismatch(names, "a channel is named twice");
            }
        }
        Map<String, InputReference> others = new LinkedHashMap<>();
        for (String name : names.subList(1, names.size())) {
            InputReference input = given.remove(name);
            if (input == null) {
                throw mismatch(names, "the channel " + name + " is missing");
            }
            others.put(name, input);
        }
        if (!given.isEmpty()) {
            throw mismatch(names, given.size() + " are named that it does not see");
        }
        return new ScanInputs(job.input(), others);
    }

    private static JobException mismatch(List<String> names, String what) {
        String sees = names.size() == 1
                ? "the model sees one image, the input, and no other channels"
                : "the model sees " + String.join(", ", names) + ": the input is " + names.get(0)
                        + ", and otherChannels (--channel NAME=PATH) names each of the others once";
        return new JobException(FailureCode.INPUT_CHANNELS_MISMATCH, what + "; " + sees);
    }

    /** Where all of them lie. */
    static List<URI> places(ScanArrived job) {
        List<URI> places = new ArrayList<>();
        places.add(job.input().uri());
        job.otherChannels()
                .orElse(List.of())
                .forEach(channel -> places.add(channel.input().uri()));
        return places;
    }
}
