// Generated from the JSON Schemas of the events by schemas/src/clients/generate; do not edit.

/**
 * A result: the networks of a comparison are trained, published and compared.
 */
export interface ComparisonCompleted {
    /**
     * How many validation cases the table is of.
     */
    cases:        number;
    comparisonId: string;
    durationMs:   number;
    failed:       FailedNetwork[];
    /**
     * The table as files, beside the output, by role: comparison-json (this event's data,
     * without the files), comparison-csv or comparison-markdown. More may come.
     */
    files: OutputFile[];
    /**
     * The table, in ascending order of the ranks. A case's figure is the mean over its labels,
     * the background left out.
     */
    networks:      [NetworkFigures, ...NetworkFigures[]];
    requestSha256: string;
    /**
     * How often the cases were drawn anew, with replacement, for the rank shares.
     */
    resamples: number;
    seed:      number;
    [property: string]: unknown;
}

/**
 * The networks whose training has failed.
 */
export interface FailedNetwork {
    code:       string;
    message:    string;
    name:       string;
    trainingId: string;
    [property: string]: unknown;
}

/**
 * A stored file.
 */
export interface OutputFile {
    /**
     * The class that it is of, where there is a file for each class.
     */
    className?: string;
    mediaType:  string;
    /**
     * What it is for, as the list that it is in says. More may come.
     */
    role:      string;
    sha256:    string;
    sizeBytes: number;
    uri:       string;
    [property: string]: unknown;
}

export interface NetworkFigures {
    /**
     * The same after Holm's correction for all those tests; absent for the best.
     */
    adjustedPValue?: number;
    architecture:    string;
    dice:            FigureSummary;
    hd95Mm:          FigureSummary;
    inferenceMs:     number;
    /**
     * The same per label.
     */
    labels: LabelFigures[];
    /**
     * The published model; the digest is that of its manifest, which covers its weights.
     */
    model:               ModelVersion;
    modelUri:            string;
    multiplyAccumulates: number;
    name:                string;
    nsd:                 FigureSummary;
    /**
     * Cases that this and the best network have a Dice for; absent for the best.
     */
    pairs?:           number;
    parameters:       number;
    peakMemoryBytes?: number;
    /**
     * Two-sided p-value of the Wilcoxon signed-rank test of the cases' Dice against the best
     * network; absent for the best.
     */
    pValue?: number;
    /**
     * By mean Dice, 1 for the best; equal ones share the better rank.
     */
    rank: number;
    /**
     * The share of the resamples in which the network has each rank, the first first.
     */
    rankShares: number[];
    trainingId: string;
    /**
     * Time in the steps of all folds in ms.
     */
    trainingMs: number;
    [property: string]: unknown;
}

/**
 * One figure over the cases: mean, sample standard deviation (n - 1), how many cases they
 * cover, and how many structures only the prediction or only the truth has. These count as
 * 0 in Dice and NSD and have no distance.
 */
export interface FigureSummary {
    cases:  number;
    mean?:  number;
    missed: number;
    sd?:    number;
    [property: string]: unknown;
}

export interface LabelFigures {
    dice:   FigureSummary;
    hd95Mm: FigureSummary;
    name:   string;
    nsd:    FigureSummary;
    value:  number;
    [property: string]: unknown;
}

/**
 * The published model; the digest is that of its manifest, which covers its weights.
 *
 * A version of a model, and the digest of what it is.
 *
 * The model that made the labels.
 *
 * The model that did it; the digest is that of its weights.
 */
export interface ModelVersion {
    name:    string;
    sha256:  string;
    version: string;
    [property: string]: unknown;
}

/**
 * A result: a comparison has failed and there is no table. Trainings that were done by then
 * are published.
 */
export interface ComparisonFailed {
    code:          string;
    comparisonId:  string;
    durationMs:    number;
    failed:        FailedNetwork[];
    message:       string;
    requestSha256: string;
    /**
     * Whether the same comparison, sent again unchanged under another id, may succeed.
     */
    retryable: boolean;
    [property: string]: unknown;
}

/**
 * All trainings of a comparison have ended: the networks can be compared.
 */
export interface ComparisonReady {
    comparisonId: string;
    failed:       FailedNetwork[];
    /**
     * Those whose training is done, in the order of the request.
     */
    networks: [TrainedNetwork, ...TrainedNetwork[]];
    output:   string;
    /**
     * When the request was taken, ms since 1970-01-01 UTC.
     */
    requestedAtMs: number;
    requestSha256: string;
    seed:          number;
    [property: string]: unknown;
}

export interface TrainedNetwork {
    architecture: string;
    /**
     * What was measured of each fold, in ascending order.
     */
    folds: [FoldMeasurement, ...FoldMeasurement[]];
    /**
     * The published model; the digest is that of its manifest, which covers its weights.
     */
    model:      ModelVersion;
    modelUri:   string;
    name:       string;
    trainingId: string;
    [property: string]: unknown;
}

/**
 * What the fold cost and how good its network is on each case; of a fold that is part of a
 * comparison.
 */
export interface FoldMeasurement {
    inferenceMs:         number;
    multiplyAccumulates: number;
    parameters:          number;
    peakMemoryBytes?:    number;
    /**
     * How many cases were validated.
     */
    scans: number;
    /**
     * A file of Dice, HD95 and NSD of every validation case and label, see scores.v1.json.
     */
    scores:     StoredFile;
    trainingMs: number;
    [property: string]: unknown;
}

/**
 * A file of Dice, HD95 and NSD of every validation case and label, see scores.v1.json.
 */
export interface StoredFile {
    sha256: string;
    uri:    string;
    [property: string]: unknown;
}

/**
 * A request: train these networks on the same folds with the same seed and budget, publish
 * the ensemble of each, and compare them.
 */
export interface ComparisonRequested {
    comparisonId: string;
    /**
     * What the names of the published models begin with; a hyphen and the network's name follow.
     */
    modelName: string;
    /**
     * The networks; each is a training of its own, whose id is that of the comparison, a hyphen
     * and the network's name.
     */
    networks: [ComparedNetwork, ...ComparedNetwork[]];
    output:   string;
    /**
     * What all networks have in common. It leaves nothing to a worker's defaults.
     */
    training: ComparisonSpec;
}

export interface ComparedNetwork {
    architecture: ArchitectureSpec;
    name:         string;
}

/**
 * The network: a kind by its name, and what configures it. The channels of image and
 * classes are the data set's.
 */
export interface ArchitectureSpec {
    /**
     * As deform-uxnet or ux-net.
     */
    name: string;
    /**
     * Each setting by its name; the kind of network says which there are. What is absent is as
     * in the published network.
     */
    settings: { [key: string]: Array<number[] | number> | boolean | number | string };
}

/**
 * What all networks have in common. It leaves nothing to a worker's defaults.
 */
export interface ComparisonSpec {
    dataset:       string;
    preprocessing: PreprocessingSpec;
    seed:          number;
    settings:      TrainingSettings;
    split:         Split;
}

/**
 * How scans are prepared: a preset by name, or explicit values.
 */
export interface PreprocessingSpec {
    explicit?: ExplicitPreprocessing;
    /**
     * As amos.
     */
    preset?: string;
}

export interface ExplicitPreprocessing {
    /**
     * The images of a scan that are scaled in another way than the values beside say, by the
     * names that the data set gives its channels. Absent: none.
     */
    channels?: [ChannelIntensity, ...ChannelIntensity[]];
    /**
     * The way to scale them. Absent: window.
     */
    intensity?: IntensityMethod;
    /**
     * Label names, index = label value, the background first; absent: the data set's own.
     */
    labels?: [string, string, ...string[]];
    /**
     * What in the data set these values, the crops and the batch were derived from, in words.
     * Absent: a person has chosen them.
     */
    planned?: string[];
    /**
     * Of clipped-score, which alone has one.
     */
    score?: IntensityScore;
    /**
     * Voxel spacing in mm to resample to, per axis as stored; absent: the scan keeps its own.
     */
    spacingMm?: [number, number, number, ...number[]];
    /**
     * The intensity that becomes 1, likewise; above windowLow.
     */
    windowHigh: number;
    /**
     * The intensity that becomes 0, in the unit of the scan (HU for CT); with percentiles the
     * percentile, with z-score of no meaning.
     */
    windowLow: number;
}

/**
 * How the intensities of one channel are scaled; its values mean what those of all mean.
 */
export interface ChannelIntensity {
    /**
     * The way to scale them. Absent: window.
     */
    intensity?: IntensityMethod;
    /**
     * The channel's name in the data set.
     */
    name: string;
    /**
     * Of clipped-score, which alone has one.
     */
    score?:     IntensityScore;
    windowHigh: number;
    windowLow:  number;
}

/**
 * The way to scale them. Absent: window.
 *
 * How intensities are scaled: by the window; by a window between two percentiles of the
 * scan's voxels that are not zero; to mean 0 and standard deviation 1 over these (MR); or
 * clipped to the window and measured by score.
 */
export type IntensityMethod = "window" | "percentiles" | "z-score" | "clipped-score";

/**
 * Of clipped-score, which alone has one.
 *
 * The intensity that becomes 0, and how much above it becomes 1.
 */
export interface IntensityScore {
    deviation: number;
    mean:      number;
}

/**
 * How a fold is trained.
 */
export interface TrainingSettings {
    /**
     * Whether intensity shifts and random affine transforms vary the crops.
     */
    augment: boolean;
    /**
     * Volumes per step.
     */
    batchSize: number;
    /**
     * Which part of the crops that are not centred on foreground lies anywhere, beyond the
     * border too. 0 is the published recipe, whose networks find organs in air. Absent: 0.5; in
     * version 1 of the requests: 0.
     */
    cropsAnywhere?: number;
    /**
     * Crops of each volume of a step.
     */
    cropsPerVolume: number;
    /**
     * After how many validations without a better one a fold ends. Absent: never.
     */
    earlyStop?: number;
    /**
     * Optimizer steps.
     */
    iterations:   number;
    learningRate: number;
    optimizer:    Optimizer;
    /**
     * How much the windows of a validation overlap, which is what the model asks for at
     * inference too. Absent: 0.25.
     */
    overlap?: number;
    /**
     * Crop and window size in voxels (d, h, w), as the network takes them: for most multiples
     * of 16 or 32.
     */
    roi: [number, number, number, ...number[]];
    /**
     * Steps between two validations.
     */
    validationInterval: number;
    /**
     * How crops are varied beside that, each with the numbers of nnU-Net. Absent: not.
     */
    variations?: Variations;
    /**
     * Decay of the weights per step, relative to the learning rate.
     */
    weightDecay: number;
}

export type Optimizer = "adamw";

/**
 * How crops are varied beside that, each with the numbers of nnU-Net. Absent: not.
 */
export interface Variations {
    /**
     * Whether some crops are deformed elastically.
     */
    elastic: boolean;
    /**
     * Whether some crops have their intensities raised to a power.
     */
    gamma: boolean;
    /**
     * Along which axes crops are mirrored, each in one half of them: 0 from left to right, 1
     * from back to front, 2 from below to above.
     */
    mirrorAxes: number[];
    /**
     * Whether some crops get Gaussian noise.
     */
    noise: boolean;
}

/**
 * The folds, those of the file or drawn with the seed.
 */
export interface Split {
    file?: string;
    /**
     * Into how many folds the data set is cut; 1 only where the data set or the file has one.
     */
    folds: number;
    /**
     * Which of them to train; absent: all.
     */
    only?: [number, ...number[]];
}

/**
 * Send a dead letter again to the topic from which it came, as if it were new.
 */
export interface DeadLetterReplay {
    /**
     * Its partition and offset on deformux.dead-letter, as 0-17.
     */
    deadLetter: string;
}

/**
 * End this job, running or waiting, if it was sent before.
 */
export interface JobCancel {
    /**
     * A scan's job id, a comparison's id (all its trainings), a training's id (all its folds),
     * or the id of one fold as progress events name it.
     */
    jobId: string;
}

/**
 * How far a job is; sent now and then while it runs.
 */
export interface JobProgress {
    /**
     * Of a training: the mean Dice of the last validation, background included.
     */
    dice?: number;
    /**
     * Units done so far, at most total.
     */
    done:   number;
    etaMs?: number;
    jobId:  string;
    /**
     * Of a training: the loss of the last step.
     */
    loss?: number;
    stage: string;
    /**
     * Units of the whole stage.
     */
    total: number;
    /**
     * What is counted, as windows. More may come.
     */
    unit: string;
    [property: string]: unknown;
}

/**
 * The file labels.json that a job stores: names and colours of the model's labels. No event.
 */
export interface LabelNames {
    formatVersion: number;
    /**
     * One entry per label of the model, background left out, also where nothing was found.
     */
    labels: LabelName[];
    [property: string]: unknown;
}

export interface LabelName {
    /**
     * The colour to show it in (sRGB), as #rrggbb.
     */
    colour: string;
    name:   string;
    /**
     * The voxel value in the label map.
     */
    value: number;
    [property: string]: unknown;
}

/**
 * The file measurements.json that a job stores: numbers per label. No event.
 */
export interface Measurements {
    formatVersion: number;
    /**
     * One entry per label of the model, or of those that were asked for, background left out,
     * also where nothing was found.
     */
    labels: LabelMeasurements[];
    /**
     * The model that made the labels.
     */
    model: ModelVersion;
    /**
     * What the result should be read with care for, as SCAN_SIZE_IMPLAUSIBLE. More codes may
     * come; none is renamed.
     */
    warnings?: ResultWarning[];
    [property: string]: unknown;
}

export interface LabelMeasurements {
    extent?:    LabelExtent;
    intensity?: LabelIntensity;
    /**
     * The mean probability of the label over the voxels of the network's grid where it is the
     * likeliest class. Absent where there are none.
     */
    meanConfidence?: number;
    /**
     * Of an ensemble, the mean part of that entropy at those voxels that its members disagree
     * about, which is their mutual information: 0 where all say the same, however unsure.
     * Absent of one network.
     */
    meanDisagreement?: number;
    /**
     * The mean entropy over all classes at those voxels: 0 where one class is certain, 1 where
     * all are as likely.
     */
    meanEntropy?: number;
    name:         string;
    radiomics?:   LabelRadiomics;
    /**
     * Whether a voxel lies at the edge of the scan, so that some of the structure may be
     * missing.
     */
    touchesBorder: boolean;
    /**
     * The voxel value in the label map.
     */
    value:    number;
    volumeMl: number;
    voxels:   number;
    [property: string]: unknown;
}

/**
 * Where the label is; absent where nothing was found. Millimetres are RAS+.
 */
export interface LabelExtent {
    /**
     * The mean of the voxel centres.
     */
    centroidMm: [number, number, number, ...number[]];
    /**
     * The lowest index along (i, j, k).
     */
    firstVoxel: [number, number, number, ...number[]];
    /**
     * The upper corner of that box.
     */
    highestMm: [number, number, number, ...number[]];
    /**
     * The highest index along (i, j, k).
     */
    lastVoxel: [number, number, number, ...number[]];
    /**
     * The lower corner of the upright box around the voxels from first to last, their edges
     * included.
     */
    lowestMm: [number, number, number, ...number[]];
    [property: string]: unknown;
}

/**
 * The scan's values in the label, HU for CT; absent where there are none.
 */
export interface LabelIntensity {
    mean: number;
    /**
     * Of the population.
     */
    standardDeviation: number;
    [property: string]: unknown;
}

/**
 * Features as the Image Biomarker Standardisation Initiative defines them
 * (arXiv:1612.07003), on the scan's own voxels, texture over 13 directions and merged.
 * Absent unless asked for, where nothing was found, where the box around it has more than
 * 2^26 voxels and where there would be more than 1024 grey levels.
 */
export interface LabelRadiomics {
    /**
     * How grey levels were made: width:N or count:N.
     */
    bins: string;
    /**
     * Of grey levels that are neighbours (GLCM).
     */
    cooccurrence: { [key: string]: number };
    /**
     * Statistics of the values.
     */
    intensity: { [key: string]: number };
    /**
     * How many there are.
     */
    levels: number;
    /**
     * Of stretches of one grey level (GLRLM).
     */
    runLength: { [key: string]: number };
    /**
     * In mm, mm² and mm³.
     */
    shape: { [key: string]: number };
    /**
     * Of zones of one grey level (GLSZM).
     */
    sizeZone: { [key: string]: number };
    [property: string]: unknown;
}

/**
 * Something about the scan or its labels that is not as it should be.
 */
export interface ResultWarning {
    code: string;
    /**
     * What was seen, for a person; free of patient data.
     */
    message: string;
    [property: string]: unknown;
}

/**
 * A new version of a model is in the store.
 */
export interface ModelPublished {
    labels:   LabelSummary[];
    meanDice: number;
    name:     string;
    /**
     * What the model is and what it was made of. Absent: of another origin, or of a worker of
     * before there was this.
     */
    provenance?: ModelProvenance;
    sha256:      string;
    trainingId?: string;
    uri:         string;
    version:     string;
    [property: string]: unknown;
}

/**
 * Dice per label or region over the folds, by name, background left out.
 */
export interface LabelSummary {
    /**
     * How many folds have a score for it.
     */
    folds: number;
    mean?: number;
    name:  string;
    sd?:   number;
    /**
     * The label's value; where regions were learned, the place of one among them, from 1. A
     * name stands for the same in all folds, a value may not.
     */
    value: number;
    [property: string]: unknown;
}

/**
 * What the model is and what it was made of. Absent: of another origin, or of a worker of
 * before there was this.
 */
export interface ModelProvenance {
    /**
     * The kind of network, as deform-uxnet.
     */
    architecture: string;
    /**
     * What the data set's folder is called.
     */
    dataset?:      string;
    datasetSha256: string;
    /**
     * Of each of its networks how good it was on the scans that it had not seen.
     */
    folds: [PublishedFold, ...PublishedFold[]];
    /**
     * How each image that the network sees is scaled, in its order.
     */
    intensities: [ScaledChannel, ...ScaledChannel[]];
    parameters:  number;
    /**
     * What trained it, with its version.
     */
    software?: string;
    /**
     * The voxel spacing in mm that scans are resampled to, per axis as stored; absent: the scan
     * keeps its own.
     */
    spacingMm?: [number, number, number, ...number[]];
    [property: string]: unknown;
}

/**
 * One network of a published model.
 */
export interface PublishedFold {
    /**
     * The iteration whose weights are kept.
     */
    bestIteration: number;
    durationMs:    number;
    fold:          number;
    /**
     * How many were done.
     */
    iterations: number;
    meanDice:   number;
    [property: string]: unknown;
}

/**
 * How one image is scaled.
 */
export interface ScaledChannel {
    /**
     * What the model calls the image.
     */
    channel: string;
    /**
     * Of clipped-score: how much above it becomes 1.
     */
    deviation?: number;
    /**
     * The upper end, likewise.
     */
    high?: number;
    /**
     * The lower end, in the unit of the scan (HU for CT); of percentiles the percentile; of
     * z-score there is none.
     */
    low?: number;
    /**
     * Of clipped-score: the intensity that becomes 0.
     */
    mean?:  number;
    method: IntensityMethod;
    [property: string]: unknown;
}

/**
 * A request: segment this scan with this model and put the outputs there.
 */
export interface ScanArrived {
    /**
     * Where the DICOM objects among the outputs go instead, as a PACS:
     * dicomweb://host/path/studies.
     */
    dicomOutput?: string;
    /**
     * How the DICOM segmentation stores its segments: binary (Segmentation Storage) or labelmap
     * (Label Map Segmentation Storage). Absent: as the worker is configured, binary unless it
     * says otherwise.
     */
    dicomSegKind?: DicomSegKind;
    input:         InputReference;
    jobId:         string;
    /**
     * The model to use; without a version the newest.
     */
    model: ModelReference;
    /**
     * The other images of a scan, for a model that sees several (model.json names its
     * channels): input is the model's first channel, and here is each of the others, in any
     * order. They are resampled to the grid of input, in mm. Absent: a model that sees one
     * image.
     */
    otherChannels?: [ChannelReference, ...ChannelReference[]];
    /**
     * The folder or bucket prefix that receives the outputs.
     */
    output: string;
    /**
     * What is wanted of the outputs. Absent, or absent in it: as the worker is configured.
     */
    outputs?: OutputChoice;
    /**
     * urgent goes before all routine scans that have not begun, if it is on
     * deformux.scan.urgent. Absent: routine.
     */
    priority?: Priority;
}

/**
 * How the DICOM segmentation stores its segments: binary (Segmentation Storage) or labelmap
 * (Label Map Segmentation Storage). Absent: as the worker is configured, binary unless it
 * says otherwise.
 */
export type DicomSegKind = "binary" | "labelmap";

/**
 * Where the scan lies and what it is.
 */
export interface InputReference {
    /**
     * Which acquisition of a DICOM series (Acquisition Number, or Frame Acquisition Number of
     * Enhanced objects). Absent: all of the series, which then has to be one even stack.
     */
    acquisitionNumber?: number;
    /**
     * dicom: a folder or archive with the images of one series; one without any image may hold
     * one volume file. nifti: a volume file (NIfTI-1 or NIfTI-2, plain or gzipped, MetaImage,
     * NRRD), or a folder or archive with one.
     */
    kind: InputKind;
    /**
     * Which series of a DICOM folder, where it may hold more than one (DICOM PS3.5 section 9.1).
     */
    seriesInstanceUid?: string;
    sha256?:            string;
    /**
     * What becomes of DICOM slices that make no even stack (one is missing, or there are two
     * slice distances): refuse, or resample, which interpolates an even stack between them and
     * says so in warnings. Absent: as the worker is configured, refuse unless it says otherwise.
     */
    unevenSlices?: DicomUnevenSlices;
    uri:           string;
}

/**
 * dicom: a folder or archive with the images of one series; one without any image may hold
 * one volume file. nifti: a volume file (NIfTI-1 or NIfTI-2, plain or gzipped, MetaImage,
 * NRRD), or a folder or archive with one.
 */
export type InputKind = "dicom" | "nifti";

/**
 * What becomes of DICOM slices that make no even stack (one is missing, or there are two
 * slice distances): refuse, or resample, which interpolates an even stack between them and
 * says so in warnings. Absent: as the worker is configured, refuse unless it says otherwise.
 */
export type DicomUnevenSlices = "refuse" | "resample";

/**
 * The model to use; without a version the newest.
 */
export interface ModelReference {
    name:     string;
    version?: string;
}

/**
 * One more image of the scan.
 */
export interface ChannelReference {
    input: InputReference;
    /**
     * The channel's name in the model.
     */
    name: string;
}

/**
 * What is wanted of the outputs. Absent, or absent in it: as the worker is configured.
 */
export interface OutputChoice {
    /**
     * The model's classes that are wanted, by name: others are background in the label map and
     * are in no other output. Unless the worker says otherwise: all.
     */
    classes?: [string, ...string[]];
    /**
     * The grid of probabilities, entropy and disagreement: the scan's own, or the network's,
     * which is what it computed. Unless the worker says otherwise: scan.
     */
    probabilityGrid?: ProbabilityGrid;
    /**
     * How they are stored: uint8 (255ths) or uint16 (65535ths), each with its slope in the
     * header. Unless the worker says otherwise: uint8.
     */
    probabilityType?: ProbabilityType;
    /**
     * The measured classes of which radiomics features (IBSI) are computed; all, alone, stands
     * for every one. Unless the worker says otherwise: none.
     */
    radiomics?: [string, ...string[]];
    /**
     * How values become grey levels: width:N (bins of that width, from a multiple of it) or
     * count:N (so many from the lowest to the highest value). Unless the worker says otherwise:
     * width:25 for models of HU, else count:32.
     */
    radiomicsBins?: string;
    /**
     * What is stored besides what the worker stores, by the role that the outputs of a
     * completed event have. dicom-sr comes with dicom-seg, to which it refers.
     */
    roles?: [WantedRole, ...WantedRole[]];
    /**
     * Those of them that are measured. Unless the worker says otherwise: all that are wanted.
     */
    statistics?: [string, ...string[]];
}

/**
 * The grid of probabilities, entropy and disagreement: the scan's own, or the network's,
 * which is what it computed. Unless the worker says otherwise: scan.
 */
export type ProbabilityGrid = "scan" | "network";

/**
 * How they are stored: uint8 (255ths) or uint16 (65535ths), each with its slope in the
 * header. Unless the worker says otherwise: uint8.
 */
export type ProbabilityType = "uint8" | "uint16";

/**
 * A role that can be asked for. More may come.
 */
export type WantedRole = "label-map" | "dicom-seg" | "measurements" | "preview" | "dicom-sr" | "dicom-rtstruct" | "mesh" | "label-names" | "itk-snap-labels" | "slicer-colours" | "class-mask" | "probabilities" | "entropy" | "disagreement" | "scan";

/**
 * urgent goes before all routine scans that have not begun, if it is on
 * deformux.scan.urgent. Absent: routine.
 */
export type Priority = "urgent" | "routine";

/**
 * How good a fold's network is on each of its validation cases: the file that
 * training.fold.completed names in a comparison.
 */
export interface Scores {
    /**
     * In the order of the fold; the same for all networks of a comparison. A case has no name
     * here.
     */
    cases: Array<CaseScore[]>;
    /**
     * Label names by value, the background first.
     */
    labels: [string, string, ...string[]];
    /**
     * Surfaces closer than this agree, for NSD.
     */
    nsdToleranceMm: number;
    version:        number;
    [property: string]: unknown;
}

/**
 * One entry per label, background left out. Empty where neither prediction nor truth has
 * the label.
 */
export interface CaseScore {
    dice?: number;
    /**
     * In mm; absent where only one of prediction and truth has the label, which is a miss.
     */
    hd95Mm?: number;
    nsd?:    number;
    [property: string]: unknown;
}

/**
 * A result: the scan is segmented and every output named here is stored.
 */
export interface SegmentationCompleted {
    grid: Grid;
    /**
     * What was found in an input of several files.
     */
    input?:      InputSummary;
    inputSha256: string;
    jobId:       string;
    /**
     * One entry per label of the model, or of those that were asked for, background left out,
     * also where nothing was found.
     */
    labels: LabelVolume[];
    /**
     * The model that did it; the digest is that of its weights.
     */
    model: ModelVersion;
    /**
     * The stored outputs, by role: label-map, dicom-seg, measurements (see
     * measurements.v1.json), preview, dicom-sr (the measurements as a structured report),
     * dicom-rtstruct (contours), mesh (surfaces, binary glTF), label-names (see
     * labels.v1.json), itk-snap-labels, slicer-colours, class-mask and probabilities (one for
     * each class), entropy, disagreement or scan (as it was read). More may come.
     */
    outputs: [OutputFile, ...OutputFile[]];
    /**
     * Where and with what the job ran.
     */
    runtime: RuntimeInfo;
    /**
     * Wall time of each stage in ms, in the order in which the stages ran.
     */
    timingsMs: { [key: string]: number };
    /**
     * What the result should be read with care for, as SCAN_SIZE_IMPLAUSIBLE. More codes may
     * come; none is renamed.
     */
    warnings?: ResultWarning[];
    [property: string]: unknown;
}

/**
 * A voxel grid in patient space.
 */
export interface Grid {
    /**
     * The 4 x 4 matrix row by row, from voxel indices (i, j, k, 1) to millimetres in RAS+.
     */
    affine: [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, ...number[]];
    /**
     * Number of voxels along the array axes (i, j, k).
     */
    shape: [number, number, number, ...number[]];
    /**
     * Distance of neighbouring voxels along (i, j, k) in mm.
     */
    spacingMm: [number, number, number, ...number[]];
    [property: string]: unknown;
}

/**
 * What was found in an input of several files.
 */
export interface InputSummary {
    /**
     * What is no part of the volume, one entry per reason.
     */
    passedOver: PassedOverFiles[];
    [property: string]: unknown;
}

export interface PassedOverFiles {
    /**
     * Files or frames.
     */
    count: number;
    /**
     * The places of the first of them in name order, from 1.
     */
    files: number[];
    /**
     * The SOP Instance UIDs of the first of those that have one.
     */
    instances: string[];
    /**
     * As not-dicom, no-volume, other-class, localizer, no-pixels, colour, no-place,
     * other-plane, projection, other-series, other-acquisition, duplicate or hidden. More may
     * come.
     */
    reason: string;
    [property: string]: unknown;
}

export interface LabelVolume {
    /**
     * Its colour in preview, DICOM segmentation and lists of labels: # and six hexadecimal
     * digits. Older workers do not say.
     */
    colour?: string;
    /**
     * The mean probability of the label over the voxels of the network's grid where it is the
     * likeliest class. Absent where there are none.
     */
    meanConfidence?: number;
    /**
     * Of an ensemble, the mean part of that entropy at those voxels that its members disagree
     * about, which is their mutual information: 0 where all say the same, however unsure.
     * Absent of one network.
     */
    meanDisagreement?: number;
    /**
     * The mean entropy over all classes at those voxels, of an ensemble that of its mean
     * probabilities: 0 where one class is certain, 1 where all are as likely.
     */
    meanEntropy?: number;
    name:         string;
    /**
     * Its number in the job's DICOM segmentation: Segment Number, and the pixel value of a
     * labelmap. Absent where that has no such segment.
     */
    segmentNumber?: number;
    /**
     * The voxel value in the label map.
     */
    value:    number;
    volumeMl: number;
    voxels:   number;
    [property: string]: unknown;
}

/**
 * Where and with what the job ran.
 */
export interface RuntimeInfo {
    /**
     * Who computed the convolutions: library (PyTorch), own (the worker's kernels) or both, by
     * layer. More may come.
     */
    convolutions?: string;
    /**
     * As cpu or cuda:0.
     */
    device: string;
    /**
     * The number format of the network, as fp32 or bf16.
     */
    precision:       string;
    softwareVersion: string;
    /**
     * The worst relative error found when values of every layer were computed again in double
     * precision.
     */
    verified?: number;
    [property: string]: unknown;
}

/**
 * A result: the scan could not be segmented.
 */
export interface SegmentationFailed {
    /**
     * Which attempt this was, 1 for the first.
     */
    attempt: number;
    /**
     * The stable code, as DICOM_SERIES_MIXED. More may come; none is renamed.
     */
    code:  string;
    jobId: string;
    /**
     * What to do about it, for a person; free of patient data.
     */
    message: string;
    /**
     * Whether the same job, sent again unchanged, may succeed.
     */
    retryable: boolean;
    stage:     string;
    [property: string]: unknown;
}

/**
 * A result: every fold of a training is trained, and their ensemble is published.
 */
export interface TrainingCompleted {
    comparisonId?: string;
    dice:          LabelSummary[];
    durationMs:    number;
    folds:         FoldResult[];
    meanDice:      number;
    /**
     * The published model; the digest is that of its manifest, which covers its weights.
     */
    model:         ModelVersion;
    modelUri:      string;
    requestSha256: string;
    sdDice?:       number;
    trainingId:    string;
    [property: string]: unknown;
}

/**
 * One result per fold, in ascending order.
 *
 * What came of one fold.
 */
export interface FoldResult {
    /**
     * The iteration whose weights are kept.
     */
    bestIteration: number;
    datasetSha256: string;
    /**
     * One entry per label, background left out, of the best iteration.
     */
    dice:       LabelDice[];
    durationMs: number;
    fold:       number;
    /**
     * How many were done.
     */
    iterations: number;
    meanDice:   number;
    measured?:  FoldMeasurement;
    /**
     * The fold's model package: a folder with model.json and the weights that it lists.
     */
    model: StoredModel;
    /**
     * What was random and its seed. More may come.
     */
    seeds: { [key: string]: number };
    [property: string]: unknown;
}

export interface LabelDice {
    dice?: number;
    name:  string;
    /**
     * The label's value; where regions were learned, the place of one among them, from 1. A
     * name stands for the same in all folds, a value may not.
     */
    value: number;
    [property: string]: unknown;
}

/**
 * The fold's model package: a folder with model.json and the weights that it lists.
 */
export interface StoredModel {
    sha256: string;
    uri:    string;
    [property: string]: unknown;
}

/**
 * A result: a training has failed and nothing is published.
 */
export interface TrainingFailed {
    code:           string;
    comparisonId?:  string;
    completedFolds: FoldResult[];
    durationMs:     number;
    /**
     * The folds that had failed by then.
     */
    failedFolds:   FoldFailure[];
    message:       string;
    requestSha256: string;
    /**
     * Whether the same training, sent again unchanged under another id, may succeed.
     */
    retryable:  boolean;
    trainingId: string;
    [property: string]: unknown;
}

export interface FoldFailure {
    code:    string;
    fold:    number;
    message: string;
    [property: string]: unknown;
}

/**
 * A result: one fold is trained and its model package stored.
 */
export interface TrainingFoldCompleted {
    result:     FoldResult;
    trainingId: string;
    [property: string]: unknown;
}

/**
 * A result: one fold has failed and will not be tried again.
 */
export interface TrainingFoldFailed {
    /**
     * Which attempt this was, 1 for the first.
     */
    attempt: number;
    code:    string;
    fold:    number;
    message: string;
    /**
     * Whether the same training, sent again unchanged under another id, may succeed.
     */
    retryable:  boolean;
    trainingId: string;
    [property: string]: unknown;
}

/**
 * A request: train this one fold. Made of a training request.
 */
export interface TrainingFoldRequested {
    comparisonId?: string;
    fold:          number;
    modelName:     string;
    output:        string;
    training:      TrainingSpec;
    trainingId:    string;
}

/**
 * What to train and how. It leaves nothing to a worker's defaults.
 */
export interface TrainingSpec {
    architecture:    ArchitectureSpec;
    dataset:         string;
    initialWeights?: string;
    preprocessing:   PreprocessingSpec;
    seed:            number;
    settings:        TrainingSettings;
    split:           Split;
}

/**
 * All folds of a training are there: their ensemble can be put together and published.
 */
export interface TrainingReady {
    comparisonId?: string;
    folds:         FoldResult[];
    /**
     * The name and version under which to publish.
     */
    model: ModelTarget;
    /**
     * When the request was taken, ms since 1970-01-01 UTC.
     */
    requestedAtMs: number;
    requestSha256: string;
    trainingId:    string;
    [property: string]: unknown;
}

/**
 * The name and version under which to publish.
 */
export interface ModelTarget {
    name:    string;
    version: string;
    [property: string]: unknown;
}

/**
 * A request: train these folds and publish their ensemble as a model.
 */
export interface TrainingRequested {
    comparisonId?: string;
    modelName:     string;
    output:        string;
    training:      TrainingSpec;
    trainingId:    string;
}
