package io.deformux.standalone.command;

import io.deformux.messaging.RunningWorker;
import io.deformux.standalone.run.ChildWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The workers beside the one in this process: one more process for each further GPU, since what a GPU fails in has to end, and one
 * Java heap is for one scan at a time. They have no management port of their own but one that is free.
 */
final class DeviceWorkers {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private DeviceWorkers() {}

    /**
     * Starts them.
     *
     * @param own the worker in this process, on the first device
     * @param devices all of them
     * @param given the command that was given
     * @param command the command that a further worker runs
     * @param added arguments that it needs besides
     * @return all workers
     */
    static List<RunningWorker> with(
            RunningWorker own, List<String> devices, CommandSpec given, String command, List<String> added) {
        List<RunningWorker> workers = new ArrayList<>();
        workers.add(own);
        for (String device : devices.subList(1, devices.size())) {
            workers.add(ChildWorker.start(device, program(device, given, command, added)::start, PAUSE));
        }
        return workers;
    }

    /** The program of one of them. */
    static ChildProgram program(String device, CommandSpec given, String command, List<String> added) {
        List<String> arguments = new ArrayList<>(added);
        arguments.add("--device=" + device);
        arguments.add("--management-port=0");
        return ChildProgram.of(given, command, List.of("--device", "--management-port"), arguments);
    }
}
