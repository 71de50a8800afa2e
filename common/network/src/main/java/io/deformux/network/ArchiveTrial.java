package io.deformux.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.library.TrialProcess;
import io.deformux.network.library.TrialProcess.End;
import io.deformux.network.torchscript.TorchEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tries an archive of TorchScript that was made elsewhere, in a child process, since nobody knows what it does: that it loads,
 * takes a window, and gives finite logits of the same size. It is a program, and whoever imports one runs it: what writes or
 * reads files in its text is refused, yet it should come from somebody who is trusted.
 */
public final class ArchiveTrial {
    /** How long a window may take. */
    static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String HEAP = "4g";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration limit;

    /** A trial that waits ten minutes. */
    public ArchiveTrial() {
        this(LIMIT);
    }

    ArchiveTrial(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs one window of noise through it.
     *
     * @param inChannels channels of the image
     * @param window three sizes in voxels
     * @return the number of classes that it gives
     * @throws JobException MODEL_INVALID that says what is wrong
     */
    public int classes(Path archive, int inChannels, List<Integer> window) {
        requireNoFiles(archive);
        List<String> arguments =
                new ArrayList<>(List.of(archive.toAbsolutePath().toString(), Integer.toString(inChannels)));
        window.forEach(size -> arguments.add(size.toString()));
        Map<String, String> properties = new HashMap<>(TorchEngine.library().startProperties());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("deformux."))
                .forEach(name -> properties.put(name, System.getProperty(name)));
        TrialProcess child = new TrialProcess(
                ArchiveTrialMain.class.getName(), HEAP, limit, Path.of(System.getProperty("java.io.tmpdir")));
        End end = child.run(properties, Set.of(), arguments);
        if (end instanceof End.Answered answered) {
            return classes(answered.line(), window);
        }
        throw refused(end instanceof End.Crashed crashed ? crashed.why() : ((End.Unknown) end).why());
    }

    private static int classes(String answer, List<Integer> window) {
        JsonNode said;
        try {
            said = JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw refused("the process that tried it gave no answer");
        }
        if (said == null || said.has("problem") || !said.has("shape")) {
            throw refused(said == null ? "no answer" : said.path("problem").asText("no answer"));
        }
        long[] shape = JSON.convertValue(said.get("shape"), long[].class);
        long[] expected = {1, shape.length == 5 ? shape[1] : 0, window.get(0), window.get(1), window.get(2)};
        if (!Arrays.equals(shape, expected)) {
            throw refused("for a window of " + window + " it gives a tensor of " + Arrays.toString(shape)
                    + " and not [1, classes, " + window.get(0) + ", " + window.get(1) + ", " + window.get(2) + "]");
        }
        if (!said.path("finite").asBoolean()) {
            throw refused("its output has values that are not finite for an image of numbers from 0 to 1");
        }
        return Math.toIntExact(shape[1]);
    }

    private static void requireNoFiles(Path archive) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                // PyTorch finds entries whatever the case of their names.
                if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".py")) {
                    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    ArchiveText.reachingFiles(text).ifPresent(why -> {
                        throw refused(why);
                    });
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused("it is no archive of torch.jit.save");
        }
    }

    private static JobException refused(String why) {
        return new JobException(FailureCode.MODEL_INVALID, "the archive cannot be used: " + why);
    }
}
