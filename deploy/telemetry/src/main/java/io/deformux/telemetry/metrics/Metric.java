package io.deformux.telemetry.metrics;

import static io.deformux.telemetry.metrics.MetricKind.COUNTER;
import static io.deformux.telemetry.metrics.MetricKind.GAUGE;
import static io.deformux.telemetry.metrics.MetricKind.HISTOGRAM;
import static io.deformux.telemetry.metrics.MetricKind.SUMMARY;

import java.util.List;

/**
 * The catalogue: every metric that a program has, with its name, unit, labels and help; what is not in it is not told,
 * also of the libraries' meters. Label values come from the software or its settings and are few: never a job's id, a path,
 * or anything of a patient.
 */
public enum Metric {
    PROGRAM(
            "deformux_program",
            GAUGE,
            "",
            "ITBNPRU",
            "Always 1: which program of which version runs.",
            "program",
            "version"),
    JOBS(
            "deformux_jobs_total",
            COUNTER,
            "jobs",
            "IT RU",
            "Jobs that have ended, by outcome (completed; failed; refused: no job, or not to be started) and code.",
            "topic",
            "outcome",
            "code"),
    IN_FLIGHT("deformux_jobs_in_flight", GAUGE, "jobs", "IT RU", "Jobs that run now.", "topic"),
    JOB(
            "deformux_job_seconds",
            HISTOGRAM,
            "s",
            "IT RU",
            "Time of one start of a job, by outcome (completed, failed, retried, given_back).",
            "topic",
            "outcome"),
    QUEUE_WAIT(
            "deformux_queue_wait_seconds", HISTOGRAM, "s", "IT RU", "From a job's record to its first start.", "topic"),
    RETRIES(
            "deformux_job_retries_total",
            COUNTER,
            "starts",
            "IT RU",
            "Starts after which the job is tried again, by code.",
            "topic",
            "code"),
    DEAD_LETTERS(
            "deformux_dead_letters_total",
            COUNTER,
            "records",
            "IT RU",
            "Records that went to the dead letters, by code.",
            "topic",
            "code"),
    PAUSED(
            "deformux_environment_paused",
            GAUGE,
            "",
            "IT RU",
            "1 while a loop waits for what its worker lacks, by the code of it; else 0.",
            "loop",
            "code"),
    LOOP_SILENCE(
            "deformux_loop_silence_seconds",
            GAUGE,
            "s",
            "IT RU",
            "How long a loop's thread has not come round.",
            "loop"),
    JOB_SILENCE(
            "deformux_job_silence_seconds",
            GAUGE,
            "s",
            "IT RU",
            "How long the running job has given no sign, as in native code that hangs; 0 if none runs.",
            "loop"),
    STAGE(
            "deformux_stage_seconds",
            HISTOGRAM,
            "s",
            "I U",
            "Time of a stretch of a stage (model, fetch, read, preprocess, infer, restore, store), and whether it was ok or failed.",
            "stage",
            "outcome"),
    WINDOW(
            "deformux_window_seconds",
            HISTOGRAM,
            "s",
            "I U",
            "Time per window of the network, on a GPU the mean over about a row of them; windows per second are the rate of its count over that of its sum."),
    VOXELS("deformux_scan_voxels_total", COUNTER, "voxels", "I U", "Voxels of the scans that were segmented."),
    DEVICE_MEMORY_USED(
            "deformux_device_memory_used_bytes",
            GAUGE,
            "B",
            "IT U",
            "Memory in use: of a GPU by all its processes, of a CPU the resident memory of this process.",
            "device"),
    DEVICE_MEMORY_SIZE("deformux_device_memory_size_bytes", GAUGE, "B", "IT U", "Memory of the device.", "device"),
    BACKLOG(
            "deformux_backlog_records",
            GAUGE,
            "offsets",
            "IT U",
            "How far a group is behind a topic's end.",
            "group",
            "topic"),
    BACKLOG_AGE(
            "deformux_backlog_oldest_seconds",
            GAUGE,
            "s",
            "IT U",
            "Age of the oldest record that waits for a group; 0 if none does.",
            "group",
            "topic"),
    RETENTION(
            "deformux_topic_retention_seconds",
            GAUGE,
            "s",
            "IT U",
            "How long a topic keeps its records; +Inf: for ever, NaN: nobody may know.",
            "topic"),
    LOSS(
            "deformux_training_loss",
            GAUGE,
            "",
            "T U",
            "Loss of the last step of the fold that trains; NaN if none does."),
    DICE("deformux_training_dice", GAUGE, "", "T U", "Mean Dice of that fold's last validation; NaN before it."),
    PROGRESS(
            "deformux_training_progress_ratio",
            GAUGE,
            "",
            "T U",
            "Done iterations of that fold over all; NaN if none trains."),
    ITERATION(
            "deformux_training_iteration_seconds",
            HISTOGRAM,
            "s",
            "T U",
            "Time per iteration; iterations per second are the rate of its count over that of its sum."),
    CHECKPOINT_AGE(
            "deformux_training_checkpoint_age_seconds",
            GAUGE,
            "s",
            "T U",
            "What a killed worker would lose of its fold: time since its checkpoint or, before that, its begin; NaN if none trains."),
    PLANNING_STANDS(
            "deformux_planning_stands",
            GAUGE,
            "",
            "T U",
            "1 while the planning of trainings fails again and again, as for a topic or right that it lacks; else 0."),
    FEED_EVENTS(
            "deformux_feed_events_total",
            COUNTER,
            "events",
            "BN",
            "Scan-arrived events of an archive's changes, or of series that were sent."),
    FEED_FAILURES(
            "deformux_feed_failures_total", COUNTER, "looks", "BN", "Looks for changes that failed, by code.", "code"),
    FEED_SET_ASIDE(
            "deformux_feed_set_aside_total",
            COUNTER,
            "series",
            "BN",
            "Series that could not be read, of which nothing is published until somebody has mended them."),
    FEED_AGE(
            "deformux_feed_look_age_seconds", GAUGE, "s", "BN", "Time since the last look for changes that went well."),
    RULES_REFUSED(
            "deformux_rules_refused",
            GAUGE,
            "",
            "BN",
            "1 while the file of rules is refused as it is now, and those before it hold; else 0."),
    DICOM_ASSOCIATIONS(
            "deformux_dicom_associations_total",
            COUNTER,
            "associations",
            "N",
            "Associations that have ended, by how (released, rejected, aborted; broken: against the protocol, or too slow).",
            "end"),
    DICOM_REFUSED(
            "deformux_dicom_refused_total",
            COUNTER,
            "callers",
            "N",
            "Callers that got no association, by why (address, calling_title, called_title, associations, connections, tls, protocol_version, application_context); the log names them.",
            "reason"),
    DICOM_INSTANCES(
            "deformux_dicom_instances_total",
            COUNTER,
            "images",
            "N",
            "Images that were sent, by the status that was answered: 0000 is success.",
            "status"),
    DICOM_RETURNS(
            "deformux_dicom_returns_total",
            COUNTER,
            "tries",
            "N",
            "Tries to send the objects of a job back (sent; failed: some of them could not be).",
            "outcome"),
    DICOM_UNSENT(
            "deformux_dicom_returns_unsent",
            GAUGE,
            "jobs",
            "N",
            "Jobs of which objects could not be sent back so far: tried again, or given up until the next start."),
    WEBHOOK_POSTS(
            "deformux_webhook_posts_total",
            COUNTER,
            "posts",
            "PU",
            "Results that were posted, by outcome (taken; refused: posted again later; passed_over, after the last of its tries, which were refused).",
            "outcome"),
    SPANS_LOST("deformux_spans_lost_total", COUNTER, "spans", "IT RU", "Spans that the OTLP endpoint did not take."),

    KAFKA_ASSIGNED(
            "kafka_consumer_coordinator_assigned_partitions",
            GAUGE,
            "partitions",
            "IT RU",
            "Partitions that this member of the group has.",
            "group"),
    KAFKA_REBALANCES(
            "kafka_consumer_coordinator_rebalance_total", COUNTER, "", "IT RU", "Rebalances of the group.", "group"),
    KAFKA_HEARTBEAT(
            "kafka_consumer_coordinator_last_heartbeat_seconds_ago",
            GAUGE,
            "s",
            "IT RU",
            "Time since the last heartbeat was sent.",
            "group"),
    KAFKA_CONSUMER_FAULTS(
            "kafka_consumer_failed_authentication_total",
            COUNTER,
            "",
            "IT RU",
            "Connections of the consumer that failed to authenticate.",
            "group"),
    KAFKA_POLL("kafka_consumer_last_poll_seconds_ago", GAUGE, "s", "IT RU", "Time since the last poll.", "group"),
    KAFKA_SENT(
            "kafka_producer_record_send_total",
            COUNTER,
            "records",
            "IT RU",
            "Records of outcomes that were sent.",
            "group"),
    KAFKA_SEND_ERRORS(
            "kafka_producer_record_error_total",
            COUNTER,
            "records",
            "IT RU",
            "Records of outcomes that were not taken.",
            "group"),
    KAFKA_SEND_LATENCY(
            "kafka_producer_request_latency_avg",
            GAUGE,
            "ms",
            "IT RU",
            "Mean latency of the producer's requests.",
            "group"),

    JVM_MEMORY_USED("jvm_memory_used_bytes", GAUGE, "B", "ITBNPRU", "Used memory of the JVM.", "area", "id"),
    JVM_MEMORY_MAX(
            "jvm_memory_max_bytes",
            GAUGE,
            "B",
            "ITBNPRU",
            "Most memory that the JVM may use; -1 if undefined.",
            "area",
            "id"),
    JVM_BUFFERS(
            "jvm_buffer_memory_used_bytes",
            GAUGE,
            "B",
            "ITBNPRU",
            "Memory of the JVM's buffers outside the heap.",
            "id"),
    JVM_THREADS("jvm_threads_live_threads", GAUGE, "threads", "ITBNPRU", "Live threads."),
    JVM_PAUSES(
            "jvm_gc_pause_seconds",
            SUMMARY,
            "s",
            "ITBNPRU",
            "Pauses for garbage collection; absent before the first.",
            "action",
            "cause",
            "gc"),
    PROCESS_CPU(
            "process_cpu_usage",
            GAUGE,
            "",
            "ITBNPRU",
            "Share of the machine's processors that this process uses, 0 to 1."),
    SYSTEM_CPU("system_cpu_usage", GAUGE, "", "ITBNPRU", "Share of the machine's processors that is used, 0 to 1."),
    PROCESSORS("system_cpu_count", GAUGE, "", "ITBNPRU", "Processors that the JVM sees."),
    UPTIME("process_uptime_seconds", GAUGE, "s", "ITBNPRU", "How long the process has run."),
    FILES_OPEN("process_files_open_files", GAUGE, "files", "ITBNPRU", "Open file descriptors."),
    FILES_MAX("process_files_max_files", GAUGE, "files", "ITBNPRU", "Most file descriptors that may be open.");

    private final String prometheusName;
    private final MetricKind kind;
    private final String unit;
    private final String programs;
    private final String help;
    private final List<String> labels;

    Metric(String prometheusName, MetricKind kind, String unit, String programs, String help, String... labels) {
        this.prometheusName = prometheusName;
        this.kind = kind;
        this.unit = unit;
        this.programs = String.join(" ", programs.replace(" ", "").split(""));
        this.help = help;
        this.labels = List.of(labels);
    }

    /** As Prometheus knows it. */
    public String prometheusName() {
        return prometheusName;
    }

    /** Counter, gauge, histogram or summary. */
    public MetricKind kind() {
        return kind;
    }

    /** Of its values; empty for plain numbers. */
    public String unit() {
        return unit;
    }

    /** Letters of the programs that have it, as in the operators' table of settings. */
    public String programs() {
        return programs;
    }

    /** What it means, in one sentence. */
    public String help() {
        return help;
    }

    /** Its labels, in the order in which values are given. */
    public List<String> labels() {
        return labels;
    }

    /** Whether it is counted by this software and not by a library. */
    boolean isOurs() {
        return prometheusName.startsWith("deformux_");
    }
}
