# Generated from the JSON Schemas of the events by schemas/src/clients/generate; do not edit.

from dataclasses import dataclass
from typing import Any, TypeVar, Type, cast, Callable
from enum import Enum


T = TypeVar("T")
EnumT = TypeVar("EnumT", bound=Enum)


def from_str(x: Any) -> str:
    assert isinstance(x, str)
    return x


def from_int(x: Any) -> int:
    assert isinstance(x, int) and not isinstance(x, bool)
    return x


def from_none(x: Any) -> Any:
    assert x is None
    return x


def from_union(fs, x):
    for f in fs:
        try:
            return f(x)
        except:
            pass
    assert False


def from_float(x: Any) -> float:
    assert isinstance(x, (float, int)) and not isinstance(x, bool)
    return float(x)


def to_float(x: Any) -> float:
    assert isinstance(x, (int, float))
    return x


def to_class(c: Type[T], x: Any) -> dict:
    assert isinstance(x, c)
    return cast(Any, x).to_dict()


def from_list(f: Callable[[Any], T], x: Any) -> list[T]:
    assert isinstance(x, list)
    return [f(y) for y in x]


def from_bool(x: Any) -> bool:
    assert isinstance(x, bool)
    return x


def from_dict(f: Callable[[Any], T], x: Any) -> dict[str, T]:
    assert isinstance(x, dict)
    return { k: f(v) for (k, v) in x.items() }


def to_enum(c: Type[EnumT], x: Any) -> EnumT:
    assert isinstance(x, c)
    return x.value


@dataclass
class FailedNetwork:
    """The networks whose training has failed."""

    code: str
    message: str
    name: str
    training_id: str

    @staticmethod
    def from_dict(obj: Any) -> 'FailedNetwork':
        assert isinstance(obj, dict)
        code = from_str(obj.get("code"))
        message = from_str(obj.get("message"))
        name = from_str(obj.get("name"))
        training_id = from_str(obj.get("trainingId"))
        return FailedNetwork(code, message, name, training_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["code"] = from_str(self.code)
        result["message"] = from_str(self.message)
        result["name"] = from_str(self.name)
        result["trainingId"] = from_str(self.training_id)
        return result


@dataclass
class OutputFile:
    """A stored file."""

    media_type: str
    role: str
    """What it is for, as the list that it is in says. More may come."""

    sha256: str
    size_bytes: int
    uri: str
    class_name: str | None = None
    """The class that it is of, where there is a file for each class."""

    @staticmethod
    def from_dict(obj: Any) -> 'OutputFile':
        assert isinstance(obj, dict)
        media_type = from_str(obj.get("mediaType"))
        role = from_str(obj.get("role"))
        sha256 = from_str(obj.get("sha256"))
        size_bytes = from_int(obj.get("sizeBytes"))
        uri = from_str(obj.get("uri"))
        class_name = from_union([from_str, from_none], obj.get("className"))
        return OutputFile(media_type, role, sha256, size_bytes, uri, class_name)

    def to_dict(self) -> dict:
        result: dict = {}
        result["mediaType"] = from_str(self.media_type)
        result["role"] = from_str(self.role)
        result["sha256"] = from_str(self.sha256)
        result["sizeBytes"] = from_int(self.size_bytes)
        result["uri"] = from_str(self.uri)
        if self.class_name is not None:
            result["className"] = from_union([from_str, from_none], self.class_name)
        return result


@dataclass
class FigureSummary:
    """One figure over the cases: mean, sample standard deviation (n - 1), how many cases they
    cover, and how many structures only the prediction or only the truth has. These count as
    0 in Dice and NSD and have no distance.
    """
    cases: int
    missed: int
    mean: float | None = None
    sd: float | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'FigureSummary':
        assert isinstance(obj, dict)
        cases = from_int(obj.get("cases"))
        missed = from_int(obj.get("missed"))
        mean = from_union([from_float, from_none], obj.get("mean"))
        sd = from_union([from_float, from_none], obj.get("sd"))
        return FigureSummary(cases, missed, mean, sd)

    def to_dict(self) -> dict:
        result: dict = {}
        result["cases"] = from_int(self.cases)
        result["missed"] = from_int(self.missed)
        if self.mean is not None:
            result["mean"] = from_union([to_float, from_none], self.mean)
        if self.sd is not None:
            result["sd"] = from_union([to_float, from_none], self.sd)
        return result


@dataclass
class LabelFigures:
    dice: FigureSummary
    hd95_mm: FigureSummary
    name: str
    nsd: FigureSummary
    value: int

    @staticmethod
    def from_dict(obj: Any) -> 'LabelFigures':
        assert isinstance(obj, dict)
        dice = FigureSummary.from_dict(obj.get("dice"))
        hd95_mm = FigureSummary.from_dict(obj.get("hd95Mm"))
        name = from_str(obj.get("name"))
        nsd = FigureSummary.from_dict(obj.get("nsd"))
        value = from_int(obj.get("value"))
        return LabelFigures(dice, hd95_mm, name, nsd, value)

    def to_dict(self) -> dict:
        result: dict = {}
        result["dice"] = to_class(FigureSummary, self.dice)
        result["hd95Mm"] = to_class(FigureSummary, self.hd95_mm)
        result["name"] = from_str(self.name)
        result["nsd"] = to_class(FigureSummary, self.nsd)
        result["value"] = from_int(self.value)
        return result


@dataclass
class ModelVersion:
    """The published model; the digest is that of its manifest, which covers its weights.

    A version of a model, and the digest of what it is.

    The model that made the labels.

    The model that did it; the digest is that of its weights.
    """
    name: str
    sha256: str
    version: str

    @staticmethod
    def from_dict(obj: Any) -> 'ModelVersion':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        sha256 = from_str(obj.get("sha256"))
        version = from_str(obj.get("version"))
        return ModelVersion(name, sha256, version)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["sha256"] = from_str(self.sha256)
        result["version"] = from_str(self.version)
        return result


@dataclass
class NetworkFigures:
    architecture: str
    dice: FigureSummary
    hd95_mm: FigureSummary
    inference_ms: float
    labels: list[LabelFigures]
    """The same per label."""

    model: ModelVersion
    """The published model; the digest is that of its manifest, which covers its weights."""

    model_uri: str
    multiply_accumulates: int
    name: str
    nsd: FigureSummary
    parameters: int
    rank: int
    """By mean Dice, 1 for the best; equal ones share the better rank."""

    rank_shares: list[float]
    """The share of the resamples in which the network has each rank, the first first."""

    training_id: str
    training_ms: int
    """Time in the steps of all folds in ms."""

    adjusted_p_value: float | None = None
    """The same after Holm's correction for all those tests; absent for the best."""

    pairs: int | None = None
    """Cases that this and the best network have a Dice for; absent for the best."""

    peak_memory_bytes: int | None = None
    p_value: float | None = None
    """Two-sided p-value of the Wilcoxon signed-rank test of the cases' Dice against the best
    network; absent for the best.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'NetworkFigures':
        assert isinstance(obj, dict)
        architecture = from_str(obj.get("architecture"))
        dice = FigureSummary.from_dict(obj.get("dice"))
        hd95_mm = FigureSummary.from_dict(obj.get("hd95Mm"))
        inference_ms = from_float(obj.get("inferenceMs"))
        labels = from_list(LabelFigures.from_dict, obj.get("labels"))
        model = ModelVersion.from_dict(obj.get("model"))
        model_uri = from_str(obj.get("modelUri"))
        multiply_accumulates = from_int(obj.get("multiplyAccumulates"))
        name = from_str(obj.get("name"))
        nsd = FigureSummary.from_dict(obj.get("nsd"))
        parameters = from_int(obj.get("parameters"))
        rank = from_int(obj.get("rank"))
        rank_shares = from_list(from_float, obj.get("rankShares"))
        training_id = from_str(obj.get("trainingId"))
        training_ms = from_int(obj.get("trainingMs"))
        adjusted_p_value = from_union([from_float, from_none], obj.get("adjustedPValue"))
        pairs = from_union([from_int, from_none], obj.get("pairs"))
        peak_memory_bytes = from_union([from_int, from_none], obj.get("peakMemoryBytes"))
        p_value = from_union([from_float, from_none], obj.get("pValue"))
        return NetworkFigures(architecture, dice, hd95_mm, inference_ms, labels, model, model_uri, multiply_accumulates, name, nsd, parameters, rank, rank_shares, training_id, training_ms, adjusted_p_value, pairs, peak_memory_bytes, p_value)

    def to_dict(self) -> dict:
        result: dict = {}
        result["architecture"] = from_str(self.architecture)
        result["dice"] = to_class(FigureSummary, self.dice)
        result["hd95Mm"] = to_class(FigureSummary, self.hd95_mm)
        result["inferenceMs"] = to_float(self.inference_ms)
        result["labels"] = from_list(lambda x: to_class(LabelFigures, x), self.labels)
        result["model"] = to_class(ModelVersion, self.model)
        result["modelUri"] = from_str(self.model_uri)
        result["multiplyAccumulates"] = from_int(self.multiply_accumulates)
        result["name"] = from_str(self.name)
        result["nsd"] = to_class(FigureSummary, self.nsd)
        result["parameters"] = from_int(self.parameters)
        result["rank"] = from_int(self.rank)
        result["rankShares"] = from_list(to_float, self.rank_shares)
        result["trainingId"] = from_str(self.training_id)
        result["trainingMs"] = from_int(self.training_ms)
        if self.adjusted_p_value is not None:
            result["adjustedPValue"] = from_union([to_float, from_none], self.adjusted_p_value)
        if self.pairs is not None:
            result["pairs"] = from_union([from_int, from_none], self.pairs)
        if self.peak_memory_bytes is not None:
            result["peakMemoryBytes"] = from_union([from_int, from_none], self.peak_memory_bytes)
        if self.p_value is not None:
            result["pValue"] = from_union([to_float, from_none], self.p_value)
        return result


@dataclass
class ComparisonCompleted:
    """A result: the networks of a comparison are trained, published and compared."""

    cases: int
    """How many validation cases the table is of."""

    comparison_id: str
    duration_ms: int
    failed: list[FailedNetwork]
    files: list[OutputFile]
    """The table as files, beside the output, by role: comparison-json (this event's data,
    without the files), comparison-csv or comparison-markdown. More may come.
    """
    networks: list[NetworkFigures]
    """The table, in ascending order of the ranks. A case's figure is the mean over its labels,
    the background left out.
    """
    request_sha256: str
    resamples: int
    """How often the cases were drawn anew, with replacement, for the rank shares."""

    seed: int

    @staticmethod
    def from_dict(obj: Any) -> 'ComparisonCompleted':
        assert isinstance(obj, dict)
        cases = from_int(obj.get("cases"))
        comparison_id = from_str(obj.get("comparisonId"))
        duration_ms = from_int(obj.get("durationMs"))
        failed = from_list(FailedNetwork.from_dict, obj.get("failed"))
        files = from_list(OutputFile.from_dict, obj.get("files"))
        networks = from_list(NetworkFigures.from_dict, obj.get("networks"))
        request_sha256 = from_str(obj.get("requestSha256"))
        resamples = from_int(obj.get("resamples"))
        seed = from_int(obj.get("seed"))
        return ComparisonCompleted(cases, comparison_id, duration_ms, failed, files, networks, request_sha256, resamples, seed)

    def to_dict(self) -> dict:
        result: dict = {}
        result["cases"] = from_int(self.cases)
        result["comparisonId"] = from_str(self.comparison_id)
        result["durationMs"] = from_int(self.duration_ms)
        result["failed"] = from_list(lambda x: to_class(FailedNetwork, x), self.failed)
        result["files"] = from_list(lambda x: to_class(OutputFile, x), self.files)
        result["networks"] = from_list(lambda x: to_class(NetworkFigures, x), self.networks)
        result["requestSha256"] = from_str(self.request_sha256)
        result["resamples"] = from_int(self.resamples)
        result["seed"] = from_int(self.seed)
        return result


@dataclass
class ComparisonFailed:
    """A result: a comparison has failed and there is no table. Trainings that were done by then
    are published.
    """
    code: str
    comparison_id: str
    duration_ms: int
    failed: list[FailedNetwork]
    message: str
    request_sha256: str
    retryable: bool
    """Whether the same comparison, sent again unchanged under another id, may succeed."""

    @staticmethod
    def from_dict(obj: Any) -> 'ComparisonFailed':
        assert isinstance(obj, dict)
        code = from_str(obj.get("code"))
        comparison_id = from_str(obj.get("comparisonId"))
        duration_ms = from_int(obj.get("durationMs"))
        failed = from_list(FailedNetwork.from_dict, obj.get("failed"))
        message = from_str(obj.get("message"))
        request_sha256 = from_str(obj.get("requestSha256"))
        retryable = from_bool(obj.get("retryable"))
        return ComparisonFailed(code, comparison_id, duration_ms, failed, message, request_sha256, retryable)

    def to_dict(self) -> dict:
        result: dict = {}
        result["code"] = from_str(self.code)
        result["comparisonId"] = from_str(self.comparison_id)
        result["durationMs"] = from_int(self.duration_ms)
        result["failed"] = from_list(lambda x: to_class(FailedNetwork, x), self.failed)
        result["message"] = from_str(self.message)
        result["requestSha256"] = from_str(self.request_sha256)
        result["retryable"] = from_bool(self.retryable)
        return result


@dataclass
class StoredFile:
    """A file of Dice, HD95 and NSD of every validation case and label, see scores.v1.json."""

    sha256: str
    uri: str

    @staticmethod
    def from_dict(obj: Any) -> 'StoredFile':
        assert isinstance(obj, dict)
        sha256 = from_str(obj.get("sha256"))
        uri = from_str(obj.get("uri"))
        return StoredFile(sha256, uri)

    def to_dict(self) -> dict:
        result: dict = {}
        result["sha256"] = from_str(self.sha256)
        result["uri"] = from_str(self.uri)
        return result


@dataclass
class FoldMeasurement:
    """What the fold cost and how good its network is on each case; of a fold that is part of a
    comparison.
    """
    inference_ms: float
    multiply_accumulates: int
    parameters: int
    scans: int
    """How many cases were validated."""

    scores: StoredFile
    """A file of Dice, HD95 and NSD of every validation case and label, see scores.v1.json."""

    training_ms: int
    peak_memory_bytes: int | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'FoldMeasurement':
        assert isinstance(obj, dict)
        inference_ms = from_float(obj.get("inferenceMs"))
        multiply_accumulates = from_int(obj.get("multiplyAccumulates"))
        parameters = from_int(obj.get("parameters"))
        scans = from_int(obj.get("scans"))
        scores = StoredFile.from_dict(obj.get("scores"))
        training_ms = from_int(obj.get("trainingMs"))
        peak_memory_bytes = from_union([from_int, from_none], obj.get("peakMemoryBytes"))
        return FoldMeasurement(inference_ms, multiply_accumulates, parameters, scans, scores, training_ms, peak_memory_bytes)

    def to_dict(self) -> dict:
        result: dict = {}
        result["inferenceMs"] = to_float(self.inference_ms)
        result["multiplyAccumulates"] = from_int(self.multiply_accumulates)
        result["parameters"] = from_int(self.parameters)
        result["scans"] = from_int(self.scans)
        result["scores"] = to_class(StoredFile, self.scores)
        result["trainingMs"] = from_int(self.training_ms)
        if self.peak_memory_bytes is not None:
            result["peakMemoryBytes"] = from_union([from_int, from_none], self.peak_memory_bytes)
        return result


@dataclass
class TrainedNetwork:
    architecture: str
    folds: list[FoldMeasurement]
    """What was measured of each fold, in ascending order."""

    model: ModelVersion
    """The published model; the digest is that of its manifest, which covers its weights."""

    model_uri: str
    name: str
    training_id: str

    @staticmethod
    def from_dict(obj: Any) -> 'TrainedNetwork':
        assert isinstance(obj, dict)
        architecture = from_str(obj.get("architecture"))
        folds = from_list(FoldMeasurement.from_dict, obj.get("folds"))
        model = ModelVersion.from_dict(obj.get("model"))
        model_uri = from_str(obj.get("modelUri"))
        name = from_str(obj.get("name"))
        training_id = from_str(obj.get("trainingId"))
        return TrainedNetwork(architecture, folds, model, model_uri, name, training_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["architecture"] = from_str(self.architecture)
        result["folds"] = from_list(lambda x: to_class(FoldMeasurement, x), self.folds)
        result["model"] = to_class(ModelVersion, self.model)
        result["modelUri"] = from_str(self.model_uri)
        result["name"] = from_str(self.name)
        result["trainingId"] = from_str(self.training_id)
        return result


@dataclass
class ComparisonReady:
    """All trainings of a comparison have ended: the networks can be compared."""

    comparison_id: str
    failed: list[FailedNetwork]
    networks: list[TrainedNetwork]
    """Those whose training is done, in the order of the request."""

    output: str
    requested_at_ms: int
    """When the request was taken, ms since 1970-01-01 UTC."""

    request_sha256: str
    seed: int

    @staticmethod
    def from_dict(obj: Any) -> 'ComparisonReady':
        assert isinstance(obj, dict)
        comparison_id = from_str(obj.get("comparisonId"))
        failed = from_list(FailedNetwork.from_dict, obj.get("failed"))
        networks = from_list(TrainedNetwork.from_dict, obj.get("networks"))
        output = from_str(obj.get("output"))
        requested_at_ms = from_int(obj.get("requestedAtMs"))
        request_sha256 = from_str(obj.get("requestSha256"))
        seed = from_int(obj.get("seed"))
        return ComparisonReady(comparison_id, failed, networks, output, requested_at_ms, request_sha256, seed)

    def to_dict(self) -> dict:
        result: dict = {}
        result["comparisonId"] = from_str(self.comparison_id)
        result["failed"] = from_list(lambda x: to_class(FailedNetwork, x), self.failed)
        result["networks"] = from_list(lambda x: to_class(TrainedNetwork, x), self.networks)
        result["output"] = from_str(self.output)
        result["requestedAtMs"] = from_int(self.requested_at_ms)
        result["requestSha256"] = from_str(self.request_sha256)
        result["seed"] = from_int(self.seed)
        return result


@dataclass
class ArchitectureSpec:
    """The network: a kind by its name, and what configures it. The channels of image and
    classes are the data set's.
    """
    name: str
    """As deform-uxnet or ux-net."""

    settings: dict[str, float | bool | str | list[float | list[float]]]
    """Each setting by its name; the kind of network says which there are. What is absent is as
    in the published network.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'ArchitectureSpec':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        settings = from_dict(lambda x: from_union([from_float, from_bool, from_str, lambda x: from_list(lambda x: from_union([from_float, lambda x: from_list(from_float, x)], x), x)], x), obj.get("settings"))
        return ArchitectureSpec(name, settings)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["settings"] = from_dict(lambda x: from_union([to_float, from_bool, from_str, lambda x: from_list(lambda x: from_union([to_float, lambda x: from_list(to_float, x)], x), x)], x), self.settings)
        return result


@dataclass
class ComparedNetwork:
    architecture: ArchitectureSpec
    name: str

    @staticmethod
    def from_dict(obj: Any) -> 'ComparedNetwork':
        assert isinstance(obj, dict)
        architecture = ArchitectureSpec.from_dict(obj.get("architecture"))
        name = from_str(obj.get("name"))
        return ComparedNetwork(architecture, name)

    def to_dict(self) -> dict:
        result: dict = {}
        result["architecture"] = to_class(ArchitectureSpec, self.architecture)
        result["name"] = from_str(self.name)
        return result


class IntensityMethod(Enum):
    """The way to scale them. Absent: window.

    How intensities are scaled: by the window; by a window between two percentiles of the
    scan's voxels that are not zero; to mean 0 and standard deviation 1 over these (MR); or
    clipped to the window and measured by score.
    """
    CLIPPED_SCORE = "clipped-score"
    PERCENTILES = "percentiles"
    WINDOW = "window"
    Z_SCORE = "z-score"


@dataclass
class IntensityScore:
    """Of clipped-score, which alone has one.

    The intensity that becomes 0, and how much above it becomes 1.
    """
    deviation: float
    mean: float

    @staticmethod
    def from_dict(obj: Any) -> 'IntensityScore':
        assert isinstance(obj, dict)
        deviation = from_float(obj.get("deviation"))
        mean = from_float(obj.get("mean"))
        return IntensityScore(deviation, mean)

    def to_dict(self) -> dict:
        result: dict = {}
        result["deviation"] = to_float(self.deviation)
        result["mean"] = to_float(self.mean)
        return result


@dataclass
class ChannelIntensity:
    """How the intensities of one channel are scaled; its values mean what those of all mean."""

    name: str
    """The channel's name in the data set."""

    window_high: float
    window_low: float
    intensity: IntensityMethod | None = None
    """The way to scale them. Absent: window."""

    score: IntensityScore | None = None
    """Of clipped-score, which alone has one."""

    @staticmethod
    def from_dict(obj: Any) -> 'ChannelIntensity':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        window_high = from_float(obj.get("windowHigh"))
        window_low = from_float(obj.get("windowLow"))
        intensity = from_union([IntensityMethod, from_none], obj.get("intensity"))
        score = from_union([IntensityScore.from_dict, from_none], obj.get("score"))
        return ChannelIntensity(name, window_high, window_low, intensity, score)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["windowHigh"] = to_float(self.window_high)
        result["windowLow"] = to_float(self.window_low)
        if self.intensity is not None:
            result["intensity"] = from_union([lambda x: to_enum(IntensityMethod, x), from_none], self.intensity)
        if self.score is not None:
            result["score"] = from_union([lambda x: to_class(IntensityScore, x), from_none], self.score)
        return result


@dataclass
class ExplicitPreprocessing:
    window_high: float
    """The intensity that becomes 1, likewise; above windowLow."""

    window_low: float
    """The intensity that becomes 0, in the unit of the scan (HU for CT); with percentiles the
    percentile, with z-score of no meaning.
    """
    channels: list[ChannelIntensity] | None = None
    """The images of a scan that are scaled in another way than the values beside say, by the
    names that the data set gives its channels. Absent: none.
    """
    intensity: IntensityMethod | None = None
    """The way to scale them. Absent: window."""

    labels: list[str] | None = None
    """Label names, index = label value, the background first; absent: the data set's own."""

    planned: list[str] | None = None
    """What in the data set these values, the crops and the batch were derived from, in words.
    Absent: a person has chosen them.
    """
    score: IntensityScore | None = None
    """Of clipped-score, which alone has one."""

    spacing_mm: list[float] | None = None
    """Voxel spacing in mm to resample to, per axis as stored; absent: the scan keeps its own."""

    @staticmethod
    def from_dict(obj: Any) -> 'ExplicitPreprocessing':
        assert isinstance(obj, dict)
        window_high = from_float(obj.get("windowHigh"))
        window_low = from_float(obj.get("windowLow"))
        channels = from_union([lambda x: from_list(ChannelIntensity.from_dict, x), from_none], obj.get("channels"))
        intensity = from_union([IntensityMethod, from_none], obj.get("intensity"))
        labels = from_union([lambda x: from_list(from_str, x), from_none], obj.get("labels"))
        planned = from_union([lambda x: from_list(from_str, x), from_none], obj.get("planned"))
        score = from_union([IntensityScore.from_dict, from_none], obj.get("score"))
        spacing_mm = from_union([lambda x: from_list(from_float, x), from_none], obj.get("spacingMm"))
        return ExplicitPreprocessing(window_high, window_low, channels, intensity, labels, planned, score, spacing_mm)

    def to_dict(self) -> dict:
        result: dict = {}
        result["windowHigh"] = to_float(self.window_high)
        result["windowLow"] = to_float(self.window_low)
        if self.channels is not None:
            result["channels"] = from_union([lambda x: from_list(lambda x: to_class(ChannelIntensity, x), x), from_none], self.channels)
        if self.intensity is not None:
            result["intensity"] = from_union([lambda x: to_enum(IntensityMethod, x), from_none], self.intensity)
        if self.labels is not None:
            result["labels"] = from_union([lambda x: from_list(from_str, x), from_none], self.labels)
        if self.planned is not None:
            result["planned"] = from_union([lambda x: from_list(from_str, x), from_none], self.planned)
        if self.score is not None:
            result["score"] = from_union([lambda x: to_class(IntensityScore, x), from_none], self.score)
        if self.spacing_mm is not None:
            result["spacingMm"] = from_union([lambda x: from_list(to_float, x), from_none], self.spacing_mm)
        return result


@dataclass
class PreprocessingSpec:
    """How scans are prepared: a preset by name, or explicit values."""

    explicit: ExplicitPreprocessing | None = None
    preset: str | None = None
    """As amos."""

    @staticmethod
    def from_dict(obj: Any) -> 'PreprocessingSpec':
        assert isinstance(obj, dict)
        explicit = from_union([ExplicitPreprocessing.from_dict, from_none], obj.get("explicit"))
        preset = from_union([from_str, from_none], obj.get("preset"))
        return PreprocessingSpec(explicit, preset)

    def to_dict(self) -> dict:
        result: dict = {}
        if self.explicit is not None:
            result["explicit"] = from_union([lambda x: to_class(ExplicitPreprocessing, x), from_none], self.explicit)
        if self.preset is not None:
            result["preset"] = from_union([from_str, from_none], self.preset)
        return result


class Optimizer(Enum):
    ADAMW = "adamw"


@dataclass
class Variations:
    """How crops are varied beside that, each with the numbers of nnU-Net. Absent: not."""

    elastic: bool
    """Whether some crops are deformed elastically."""

    gamma: bool
    """Whether some crops have their intensities raised to a power."""

    mirror_axes: list[int]
    """Along which axes crops are mirrored, each in one half of them: 0 from left to right, 1
    from back to front, 2 from below to above.
    """
    noise: bool
    """Whether some crops get Gaussian noise."""

    @staticmethod
    def from_dict(obj: Any) -> 'Variations':
        assert isinstance(obj, dict)
        elastic = from_bool(obj.get("elastic"))
        gamma = from_bool(obj.get("gamma"))
        mirror_axes = from_list(from_int, obj.get("mirrorAxes"))
        noise = from_bool(obj.get("noise"))
        return Variations(elastic, gamma, mirror_axes, noise)

    def to_dict(self) -> dict:
        result: dict = {}
        result["elastic"] = from_bool(self.elastic)
        result["gamma"] = from_bool(self.gamma)
        result["mirrorAxes"] = from_list(from_int, self.mirror_axes)
        result["noise"] = from_bool(self.noise)
        return result


@dataclass
class TrainingSettings:
    """How a fold is trained."""

    augment: bool
    """Whether intensity shifts and random affine transforms vary the crops."""

    batch_size: int
    """Volumes per step."""

    crops_per_volume: int
    """Crops of each volume of a step."""

    iterations: int
    """Optimizer steps."""

    learning_rate: float
    optimizer: Optimizer
    roi: list[int]
    """Crop and window size in voxels (d, h, w), as the network takes them: for most multiples
    of 16 or 32.
    """
    validation_interval: int
    """Steps between two validations."""

    weight_decay: float
    """Decay of the weights per step, relative to the learning rate."""

    crops_anywhere: float | None = None
    """Which part of the crops that are not centred on foreground lies anywhere, beyond the
    border too. 0 is the published recipe, whose networks find organs in air. Absent: 0.5; in
    version 1 of the requests: 0.
    """
    early_stop: int | None = None
    """After how many validations without a better one a fold ends. Absent: never."""

    overlap: float | None = None
    """How much the windows of a validation overlap, which is what the model asks for at
    inference too. Absent: 0.25.
    """
    variations: Variations | None = None
    """How crops are varied beside that, each with the numbers of nnU-Net. Absent: not."""

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingSettings':
        assert isinstance(obj, dict)
        augment = from_bool(obj.get("augment"))
        batch_size = from_int(obj.get("batchSize"))
        crops_per_volume = from_int(obj.get("cropsPerVolume"))
        iterations = from_int(obj.get("iterations"))
        learning_rate = from_float(obj.get("learningRate"))
        optimizer = Optimizer(obj.get("optimizer"))
        roi = from_list(from_int, obj.get("roi"))
        validation_interval = from_int(obj.get("validationInterval"))
        weight_decay = from_float(obj.get("weightDecay"))
        crops_anywhere = from_union([from_float, from_none], obj.get("cropsAnywhere"))
        early_stop = from_union([from_int, from_none], obj.get("earlyStop"))
        overlap = from_union([from_float, from_none], obj.get("overlap"))
        variations = from_union([Variations.from_dict, from_none], obj.get("variations"))
        return TrainingSettings(augment, batch_size, crops_per_volume, iterations, learning_rate, optimizer, roi, validation_interval, weight_decay, crops_anywhere, early_stop, overlap, variations)

    def to_dict(self) -> dict:
        result: dict = {}
        result["augment"] = from_bool(self.augment)
        result["batchSize"] = from_int(self.batch_size)
        result["cropsPerVolume"] = from_int(self.crops_per_volume)
        result["iterations"] = from_int(self.iterations)
        result["learningRate"] = to_float(self.learning_rate)
        result["optimizer"] = to_enum(Optimizer, self.optimizer)
        result["roi"] = from_list(from_int, self.roi)
        result["validationInterval"] = from_int(self.validation_interval)
        result["weightDecay"] = to_float(self.weight_decay)
        if self.crops_anywhere is not None:
            result["cropsAnywhere"] = from_union([to_float, from_none], self.crops_anywhere)
        if self.early_stop is not None:
            result["earlyStop"] = from_union([from_int, from_none], self.early_stop)
        if self.overlap is not None:
            result["overlap"] = from_union([to_float, from_none], self.overlap)
        if self.variations is not None:
            result["variations"] = from_union([lambda x: to_class(Variations, x), from_none], self.variations)
        return result


@dataclass
class Split:
    """The folds, those of the file or drawn with the seed."""

    folds: int
    """Into how many folds the data set is cut; 1 only where the data set or the file has one."""

    file: str | None = None
    only: list[int] | None = None
    """Which of them to train; absent: all."""

    @staticmethod
    def from_dict(obj: Any) -> 'Split':
        assert isinstance(obj, dict)
        folds = from_int(obj.get("folds"))
        file = from_union([from_str, from_none], obj.get("file"))
        only = from_union([lambda x: from_list(from_int, x), from_none], obj.get("only"))
        return Split(folds, file, only)

    def to_dict(self) -> dict:
        result: dict = {}
        result["folds"] = from_int(self.folds)
        if self.file is not None:
            result["file"] = from_union([from_str, from_none], self.file)
        if self.only is not None:
            result["only"] = from_union([lambda x: from_list(from_int, x), from_none], self.only)
        return result


@dataclass
class ComparisonSpec:
    """What all networks have in common. It leaves nothing to a worker's defaults."""

    dataset: str
    preprocessing: PreprocessingSpec
    seed: int
    settings: TrainingSettings
    split: Split

    @staticmethod
    def from_dict(obj: Any) -> 'ComparisonSpec':
        assert isinstance(obj, dict)
        dataset = from_str(obj.get("dataset"))
        preprocessing = PreprocessingSpec.from_dict(obj.get("preprocessing"))
        seed = from_int(obj.get("seed"))
        settings = TrainingSettings.from_dict(obj.get("settings"))
        split = Split.from_dict(obj.get("split"))
        return ComparisonSpec(dataset, preprocessing, seed, settings, split)

    def to_dict(self) -> dict:
        result: dict = {}
        result["dataset"] = from_str(self.dataset)
        result["preprocessing"] = to_class(PreprocessingSpec, self.preprocessing)
        result["seed"] = from_int(self.seed)
        result["settings"] = to_class(TrainingSettings, self.settings)
        result["split"] = to_class(Split, self.split)
        return result


@dataclass
class ComparisonRequested:
    """A request: train these networks on the same folds with the same seed and budget, publish
    the ensemble of each, and compare them.
    """
    comparison_id: str
    model_name: str
    """What the names of the published models begin with; a hyphen and the network's name follow."""

    networks: list[ComparedNetwork]
    """The networks; each is a training of its own, whose id is that of the comparison, a hyphen
    and the network's name.
    """
    output: str
    training: ComparisonSpec
    """What all networks have in common. It leaves nothing to a worker's defaults."""

    @staticmethod
    def from_dict(obj: Any) -> 'ComparisonRequested':
        assert isinstance(obj, dict)
        comparison_id = from_str(obj.get("comparisonId"))
        model_name = from_str(obj.get("modelName"))
        networks = from_list(ComparedNetwork.from_dict, obj.get("networks"))
        output = from_str(obj.get("output"))
        training = ComparisonSpec.from_dict(obj.get("training"))
        return ComparisonRequested(comparison_id, model_name, networks, output, training)

    def to_dict(self) -> dict:
        result: dict = {}
        result["comparisonId"] = from_str(self.comparison_id)
        result["modelName"] = from_str(self.model_name)
        result["networks"] = from_list(lambda x: to_class(ComparedNetwork, x), self.networks)
        result["output"] = from_str(self.output)
        result["training"] = to_class(ComparisonSpec, self.training)
        return result


@dataclass
class DeadLetterReplay:
    """Send a dead letter again to the topic from which it came, as if it were new."""

    dead_letter: str
    """Its partition and offset on deformux.dead-letter, as 0-17."""

    @staticmethod
    def from_dict(obj: Any) -> 'DeadLetterReplay':
        assert isinstance(obj, dict)
        dead_letter = from_str(obj.get("deadLetter"))
        return DeadLetterReplay(dead_letter)

    def to_dict(self) -> dict:
        result: dict = {}
        result["deadLetter"] = from_str(self.dead_letter)
        return result


@dataclass
class JobCancel:
    """End this job, running or waiting, if it was sent before."""

    job_id: str
    """A scan's job id, a comparison's id (all its trainings), a training's id (all its folds),
    or the id of one fold as progress events name it.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'JobCancel':
        assert isinstance(obj, dict)
        job_id = from_str(obj.get("jobId"))
        return JobCancel(job_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["jobId"] = from_str(self.job_id)
        return result


@dataclass
class JobProgress:
    """How far a job is; sent now and then while it runs."""

    done: int
    """Units done so far, at most total."""

    job_id: str
    stage: str
    total: int
    """Units of the whole stage."""

    unit: str
    """What is counted, as windows. More may come."""

    dice: float | None = None
    """Of a training: the mean Dice of the last validation, background included."""

    eta_ms: int | None = None
    loss: float | None = None
    """Of a training: the loss of the last step."""

    @staticmethod
    def from_dict(obj: Any) -> 'JobProgress':
        assert isinstance(obj, dict)
        done = from_int(obj.get("done"))
        job_id = from_str(obj.get("jobId"))
        stage = from_str(obj.get("stage"))
        total = from_int(obj.get("total"))
        unit = from_str(obj.get("unit"))
        dice = from_union([from_float, from_none], obj.get("dice"))
        eta_ms = from_union([from_int, from_none], obj.get("etaMs"))
        loss = from_union([from_float, from_none], obj.get("loss"))
        return JobProgress(done, job_id, stage, total, unit, dice, eta_ms, loss)

    def to_dict(self) -> dict:
        result: dict = {}
        result["done"] = from_int(self.done)
        result["jobId"] = from_str(self.job_id)
        result["stage"] = from_str(self.stage)
        result["total"] = from_int(self.total)
        result["unit"] = from_str(self.unit)
        if self.dice is not None:
            result["dice"] = from_union([to_float, from_none], self.dice)
        if self.eta_ms is not None:
            result["etaMs"] = from_union([from_int, from_none], self.eta_ms)
        if self.loss is not None:
            result["loss"] = from_union([to_float, from_none], self.loss)
        return result


@dataclass
class LabelName:
    colour: str
    """The colour to show it in (sRGB), as #rrggbb."""

    name: str
    value: int
    """The voxel value in the label map."""

    @staticmethod
    def from_dict(obj: Any) -> 'LabelName':
        assert isinstance(obj, dict)
        colour = from_str(obj.get("colour"))
        name = from_str(obj.get("name"))
        value = from_int(obj.get("value"))
        return LabelName(colour, name, value)

    def to_dict(self) -> dict:
        result: dict = {}
        result["colour"] = from_str(self.colour)
        result["name"] = from_str(self.name)
        result["value"] = from_int(self.value)
        return result


@dataclass
class LabelNames:
    """The file labels.json that a job stores: names and colours of the model's labels. No event."""

    format_version: int
    labels: list[LabelName]
    """One entry per label of the model, background left out, also where nothing was found."""

    @staticmethod
    def from_dict(obj: Any) -> 'LabelNames':
        assert isinstance(obj, dict)
        format_version = from_int(obj.get("formatVersion"))
        labels = from_list(LabelName.from_dict, obj.get("labels"))
        return LabelNames(format_version, labels)

    def to_dict(self) -> dict:
        result: dict = {}
        result["formatVersion"] = from_int(self.format_version)
        result["labels"] = from_list(lambda x: to_class(LabelName, x), self.labels)
        return result


@dataclass
class LabelExtent:
    """Where the label is; absent where nothing was found. Millimetres are RAS+."""

    centroid_mm: list[float]
    """The mean of the voxel centres."""

    first_voxel: list[int]
    """The lowest index along (i, j, k)."""

    highest_mm: list[float]
    """The upper corner of that box."""

    last_voxel: list[int]
    """The highest index along (i, j, k)."""

    lowest_mm: list[float]
    """The lower corner of the upright box around the voxels from first to last, their edges
    included.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'LabelExtent':
        assert isinstance(obj, dict)
        centroid_mm = from_list(from_float, obj.get("centroidMm"))
        first_voxel = from_list(from_int, obj.get("firstVoxel"))
        highest_mm = from_list(from_float, obj.get("highestMm"))
        last_voxel = from_list(from_int, obj.get("lastVoxel"))
        lowest_mm = from_list(from_float, obj.get("lowestMm"))
        return LabelExtent(centroid_mm, first_voxel, highest_mm, last_voxel, lowest_mm)

    def to_dict(self) -> dict:
        result: dict = {}
        result["centroidMm"] = from_list(to_float, self.centroid_mm)
        result["firstVoxel"] = from_list(from_int, self.first_voxel)
        result["highestMm"] = from_list(to_float, self.highest_mm)
        result["lastVoxel"] = from_list(from_int, self.last_voxel)
        result["lowestMm"] = from_list(to_float, self.lowest_mm)
        return result


@dataclass
class LabelIntensity:
    """The scan's values in the label, HU for CT; absent where there are none."""

    mean: float
    standard_deviation: float
    """Of the population."""

    @staticmethod
    def from_dict(obj: Any) -> 'LabelIntensity':
        assert isinstance(obj, dict)
        mean = from_float(obj.get("mean"))
        standard_deviation = from_float(obj.get("standardDeviation"))
        return LabelIntensity(mean, standard_deviation)

    def to_dict(self) -> dict:
        result: dict = {}
        result["mean"] = to_float(self.mean)
        result["standardDeviation"] = to_float(self.standard_deviation)
        return result


@dataclass
class LabelRadiomics:
    """Features as the Image Biomarker Standardisation Initiative defines them
    (arXiv:1612.07003), on the scan's own voxels, texture over 13 directions and merged.
    Absent unless asked for, where nothing was found, where the box around it has more than
    2^26 voxels and where there would be more than 1024 grey levels.
    """
    bins: str
    """How grey levels were made: width:N or count:N."""

    cooccurrence: dict[str, float]
    """Of grey levels that are neighbours (GLCM)."""

    intensity: dict[str, float]
    """Statistics of the values."""

    levels: int
    """How many there are."""

    run_length: dict[str, float]
    """Of stretches of one grey level (GLRLM)."""

    shape: dict[str, float]
    """In mm, mm² and mm³."""

    size_zone: dict[str, float]
    """Of zones of one grey level (GLSZM)."""

    @staticmethod
    def from_dict(obj: Any) -> 'LabelRadiomics':
        assert isinstance(obj, dict)
        bins = from_str(obj.get("bins"))
        cooccurrence = from_dict(from_float, obj.get("cooccurrence"))
        intensity = from_dict(from_float, obj.get("intensity"))
        levels = from_int(obj.get("levels"))
        run_length = from_dict(from_float, obj.get("runLength"))
        shape = from_dict(from_float, obj.get("shape"))
        size_zone = from_dict(from_float, obj.get("sizeZone"))
        return LabelRadiomics(bins, cooccurrence, intensity, levels, run_length, shape, size_zone)

    def to_dict(self) -> dict:
        result: dict = {}
        result["bins"] = from_str(self.bins)
        result["cooccurrence"] = from_dict(to_float, self.cooccurrence)
        result["intensity"] = from_dict(to_float, self.intensity)
        result["levels"] = from_int(self.levels)
        result["runLength"] = from_dict(to_float, self.run_length)
        result["shape"] = from_dict(to_float, self.shape)
        result["sizeZone"] = from_dict(to_float, self.size_zone)
        return result


@dataclass
class LabelMeasurements:
    name: str
    touches_border: bool
    """Whether a voxel lies at the edge of the scan, so that some of the structure may be
    missing.
    """
    value: int
    """The voxel value in the label map."""

    volume_ml: float
    voxels: int
    extent: LabelExtent | None = None
    intensity: LabelIntensity | None = None
    mean_confidence: float | None = None
    """The mean probability of the label over the voxels of the network's grid where it is the
    likeliest class. Absent where there are none.
    """
    mean_disagreement: float | None = None
    """Of an ensemble, the mean part of that entropy at those voxels that its members disagree
    about, which is their mutual information: 0 where all say the same, however unsure.
    Absent of one network.
    """
    mean_entropy: float | None = None
    """The mean entropy over all classes at those voxels: 0 where one class is certain, 1 where
    all are as likely.
    """
    radiomics: LabelRadiomics | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'LabelMeasurements':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        touches_border = from_bool(obj.get("touchesBorder"))
        value = from_int(obj.get("value"))
        volume_ml = from_float(obj.get("volumeMl"))
        voxels = from_int(obj.get("voxels"))
        extent = from_union([LabelExtent.from_dict, from_none], obj.get("extent"))
        intensity = from_union([LabelIntensity.from_dict, from_none], obj.get("intensity"))
        mean_confidence = from_union([from_float, from_none], obj.get("meanConfidence"))
        mean_disagreement = from_union([from_float, from_none], obj.get("meanDisagreement"))
        mean_entropy = from_union([from_float, from_none], obj.get("meanEntropy"))
        radiomics = from_union([LabelRadiomics.from_dict, from_none], obj.get("radiomics"))
        return LabelMeasurements(name, touches_border, value, volume_ml, voxels, extent, intensity, mean_confidence, mean_disagreement, mean_entropy, radiomics)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["touchesBorder"] = from_bool(self.touches_border)
        result["value"] = from_int(self.value)
        result["volumeMl"] = to_float(self.volume_ml)
        result["voxels"] = from_int(self.voxels)
        if self.extent is not None:
            result["extent"] = from_union([lambda x: to_class(LabelExtent, x), from_none], self.extent)
        if self.intensity is not None:
            result["intensity"] = from_union([lambda x: to_class(LabelIntensity, x), from_none], self.intensity)
        if self.mean_confidence is not None:
            result["meanConfidence"] = from_union([to_float, from_none], self.mean_confidence)
        if self.mean_disagreement is not None:
            result["meanDisagreement"] = from_union([to_float, from_none], self.mean_disagreement)
        if self.mean_entropy is not None:
            result["meanEntropy"] = from_union([to_float, from_none], self.mean_entropy)
        if self.radiomics is not None:
            result["radiomics"] = from_union([lambda x: to_class(LabelRadiomics, x), from_none], self.radiomics)
        return result


@dataclass
class ResultWarning:
    """Something about the scan or its labels that is not as it should be."""

    code: str
    message: str
    """What was seen, for a person; free of patient data."""

    @staticmethod
    def from_dict(obj: Any) -> 'ResultWarning':
        assert isinstance(obj, dict)
        code = from_str(obj.get("code"))
        message = from_str(obj.get("message"))
        return ResultWarning(code, message)

    def to_dict(self) -> dict:
        result: dict = {}
        result["code"] = from_str(self.code)
        result["message"] = from_str(self.message)
        return result


@dataclass
class Measurements:
    """The file measurements.json that a job stores: numbers per label. No event."""

    format_version: int
    labels: list[LabelMeasurements]
    """One entry per label of the model, or of those that were asked for, background left out,
    also where nothing was found.
    """
    model: ModelVersion
    """The model that made the labels."""

    warnings: list[ResultWarning] | None = None
    """What the result should be read with care for, as SCAN_SIZE_IMPLAUSIBLE. More codes may
    come; none is renamed.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'Measurements':
        assert isinstance(obj, dict)
        format_version = from_int(obj.get("formatVersion"))
        labels = from_list(LabelMeasurements.from_dict, obj.get("labels"))
        model = ModelVersion.from_dict(obj.get("model"))
        warnings = from_union([lambda x: from_list(ResultWarning.from_dict, x), from_none], obj.get("warnings"))
        return Measurements(format_version, labels, model, warnings)

    def to_dict(self) -> dict:
        result: dict = {}
        result["formatVersion"] = from_int(self.format_version)
        result["labels"] = from_list(lambda x: to_class(LabelMeasurements, x), self.labels)
        result["model"] = to_class(ModelVersion, self.model)
        if self.warnings is not None:
            result["warnings"] = from_union([lambda x: from_list(lambda x: to_class(ResultWarning, x), x), from_none], self.warnings)
        return result


@dataclass
class LabelSummary:
    """Dice per label or region over the folds, by name, background left out."""

    folds: int
    """How many folds have a score for it."""

    name: str
    value: int
    """The label's value; where regions were learned, the place of one among them, from 1. A
    name stands for the same in all folds, a value may not.
    """
    mean: float | None = None
    sd: float | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'LabelSummary':
        assert isinstance(obj, dict)
        folds = from_int(obj.get("folds"))
        name = from_str(obj.get("name"))
        value = from_int(obj.get("value"))
        mean = from_union([from_float, from_none], obj.get("mean"))
        sd = from_union([from_float, from_none], obj.get("sd"))
        return LabelSummary(folds, name, value, mean, sd)

    def to_dict(self) -> dict:
        result: dict = {}
        result["folds"] = from_int(self.folds)
        result["name"] = from_str(self.name)
        result["value"] = from_int(self.value)
        if self.mean is not None:
            result["mean"] = from_union([to_float, from_none], self.mean)
        if self.sd is not None:
            result["sd"] = from_union([to_float, from_none], self.sd)
        return result


@dataclass
class PublishedFold:
    """One network of a published model."""

    best_iteration: int
    """The iteration whose weights are kept."""

    duration_ms: int
    fold: int
    iterations: int
    """How many were done."""

    mean_dice: float

    @staticmethod
    def from_dict(obj: Any) -> 'PublishedFold':
        assert isinstance(obj, dict)
        best_iteration = from_int(obj.get("bestIteration"))
        duration_ms = from_int(obj.get("durationMs"))
        fold = from_int(obj.get("fold"))
        iterations = from_int(obj.get("iterations"))
        mean_dice = from_float(obj.get("meanDice"))
        return PublishedFold(best_iteration, duration_ms, fold, iterations, mean_dice)

    def to_dict(self) -> dict:
        result: dict = {}
        result["bestIteration"] = from_int(self.best_iteration)
        result["durationMs"] = from_int(self.duration_ms)
        result["fold"] = from_int(self.fold)
        result["iterations"] = from_int(self.iterations)
        result["meanDice"] = to_float(self.mean_dice)
        return result


@dataclass
class ScaledChannel:
    """How one image is scaled."""

    channel: str
    """What the model calls the image."""

    method: IntensityMethod
    deviation: float | None = None
    """Of clipped-score: how much above it becomes 1."""

    high: float | None = None
    """The upper end, likewise."""

    low: float | None = None
    """The lower end, in the unit of the scan (HU for CT); of percentiles the percentile; of
    z-score there is none.
    """
    mean: float | None = None
    """Of clipped-score: the intensity that becomes 0."""

    @staticmethod
    def from_dict(obj: Any) -> 'ScaledChannel':
        assert isinstance(obj, dict)
        channel = from_str(obj.get("channel"))
        method = IntensityMethod(obj.get("method"))
        deviation = from_union([from_float, from_none], obj.get("deviation"))
        high = from_union([from_float, from_none], obj.get("high"))
        low = from_union([from_float, from_none], obj.get("low"))
        mean = from_union([from_float, from_none], obj.get("mean"))
        return ScaledChannel(channel, method, deviation, high, low, mean)

    def to_dict(self) -> dict:
        result: dict = {}
        result["channel"] = from_str(self.channel)
        result["method"] = to_enum(IntensityMethod, self.method)
        if self.deviation is not None:
            result["deviation"] = from_union([to_float, from_none], self.deviation)
        if self.high is not None:
            result["high"] = from_union([to_float, from_none], self.high)
        if self.low is not None:
            result["low"] = from_union([to_float, from_none], self.low)
        if self.mean is not None:
            result["mean"] = from_union([to_float, from_none], self.mean)
        return result


@dataclass
class ModelProvenance:
    """What the model is and what it was made of. Absent: of another origin, or of a worker of
    before there was this.
    """
    architecture: str
    """The kind of network, as deform-uxnet."""

    dataset_sha256: str
    folds: list[PublishedFold]
    """Of each of its networks how good it was on the scans that it had not seen."""

    intensities: list[ScaledChannel]
    """How each image that the network sees is scaled, in its order."""

    parameters: int
    dataset: str | None = None
    """What the data set's folder is called."""

    software: str | None = None
    """What trained it, with its version."""

    spacing_mm: list[float] | None = None
    """The voxel spacing in mm that scans are resampled to, per axis as stored; absent: the scan
    keeps its own.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'ModelProvenance':
        assert isinstance(obj, dict)
        architecture = from_str(obj.get("architecture"))
        dataset_sha256 = from_str(obj.get("datasetSha256"))
        folds = from_list(PublishedFold.from_dict, obj.get("folds"))
        intensities = from_list(ScaledChannel.from_dict, obj.get("intensities"))
        parameters = from_int(obj.get("parameters"))
        dataset = from_union([from_str, from_none], obj.get("dataset"))
        software = from_union([from_str, from_none], obj.get("software"))
        spacing_mm = from_union([lambda x: from_list(from_float, x), from_none], obj.get("spacingMm"))
        return ModelProvenance(architecture, dataset_sha256, folds, intensities, parameters, dataset, software, spacing_mm)

    def to_dict(self) -> dict:
        result: dict = {}
        result["architecture"] = from_str(self.architecture)
        result["datasetSha256"] = from_str(self.dataset_sha256)
        result["folds"] = from_list(lambda x: to_class(PublishedFold, x), self.folds)
        result["intensities"] = from_list(lambda x: to_class(ScaledChannel, x), self.intensities)
        result["parameters"] = from_int(self.parameters)
        if self.dataset is not None:
            result["dataset"] = from_union([from_str, from_none], self.dataset)
        if self.software is not None:
            result["software"] = from_union([from_str, from_none], self.software)
        if self.spacing_mm is not None:
            result["spacingMm"] = from_union([lambda x: from_list(to_float, x), from_none], self.spacing_mm)
        return result


@dataclass
class ModelPublished:
    """A new version of a model is in the store."""

    labels: list[LabelSummary]
    mean_dice: float
    name: str
    sha256: str
    uri: str
    version: str
    provenance: ModelProvenance | None = None
    """What the model is and what it was made of. Absent: of another origin, or of a worker of
    before there was this.
    """
    training_id: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'ModelPublished':
        assert isinstance(obj, dict)
        labels = from_list(LabelSummary.from_dict, obj.get("labels"))
        mean_dice = from_float(obj.get("meanDice"))
        name = from_str(obj.get("name"))
        sha256 = from_str(obj.get("sha256"))
        uri = from_str(obj.get("uri"))
        version = from_str(obj.get("version"))
        provenance = from_union([ModelProvenance.from_dict, from_none], obj.get("provenance"))
        training_id = from_union([from_str, from_none], obj.get("trainingId"))
        return ModelPublished(labels, mean_dice, name, sha256, uri, version, provenance, training_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["labels"] = from_list(lambda x: to_class(LabelSummary, x), self.labels)
        result["meanDice"] = to_float(self.mean_dice)
        result["name"] = from_str(self.name)
        result["sha256"] = from_str(self.sha256)
        result["uri"] = from_str(self.uri)
        result["version"] = from_str(self.version)
        if self.provenance is not None:
            result["provenance"] = from_union([lambda x: to_class(ModelProvenance, x), from_none], self.provenance)
        if self.training_id is not None:
            result["trainingId"] = from_union([from_str, from_none], self.training_id)
        return result


class DicomSegKind(Enum):
    """How the DICOM segmentation stores its segments: binary (Segmentation Storage) or labelmap
    (Label Map Segmentation Storage). Absent: as the worker is configured, binary unless it
    says otherwise.
    """
    BINARY = "binary"
    LABELMAP = "labelmap"


class InputKind(Enum):
    """dicom: a folder or archive with the images of one series; one without any image may hold
    one volume file. nifti: a volume file (NIfTI-1 or NIfTI-2, plain or gzipped, MetaImage,
    NRRD), or a folder or archive with one.
    """
    DICOM = "dicom"
    NIFTI = "nifti"


class DicomUnevenSlices(Enum):
    """What becomes of DICOM slices that make no even stack (one is missing, or there are two
    slice distances): refuse, or resample, which interpolates an even stack between them and
    says so in warnings. Absent: as the worker is configured, refuse unless it says otherwise.
    """
    REFUSE = "refuse"
    RESAMPLE = "resample"


@dataclass
class InputReference:
    """Where the scan lies and what it is."""

    kind: InputKind
    """dicom: a folder or archive with the images of one series; one without any image may hold
    one volume file. nifti: a volume file (NIfTI-1 or NIfTI-2, plain or gzipped, MetaImage,
    NRRD), or a folder or archive with one.
    """
    uri: str
    acquisition_number: int | None = None
    """Which acquisition of a DICOM series (Acquisition Number, or Frame Acquisition Number of
    Enhanced objects). Absent: all of the series, which then has to be one even stack.
    """
    series_instance_uid: str | None = None
    """Which series of a DICOM folder, where it may hold more than one (DICOM PS3.5 section 9.1)."""

    sha256: str | None = None
    uneven_slices: DicomUnevenSlices | None = None
    """What becomes of DICOM slices that make no even stack (one is missing, or there are two
    slice distances): refuse, or resample, which interpolates an even stack between them and
    says so in warnings. Absent: as the worker is configured, refuse unless it says otherwise.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'InputReference':
        assert isinstance(obj, dict)
        kind = InputKind(obj.get("kind"))
        uri = from_str(obj.get("uri"))
        acquisition_number = from_union([from_int, from_none], obj.get("acquisitionNumber"))
        series_instance_uid = from_union([from_str, from_none], obj.get("seriesInstanceUid"))
        sha256 = from_union([from_str, from_none], obj.get("sha256"))
        uneven_slices = from_union([DicomUnevenSlices, from_none], obj.get("unevenSlices"))
        return InputReference(kind, uri, acquisition_number, series_instance_uid, sha256, uneven_slices)

    def to_dict(self) -> dict:
        result: dict = {}
        result["kind"] = to_enum(InputKind, self.kind)
        result["uri"] = from_str(self.uri)
        if self.acquisition_number is not None:
            result["acquisitionNumber"] = from_union([from_int, from_none], self.acquisition_number)
        if self.series_instance_uid is not None:
            result["seriesInstanceUid"] = from_union([from_str, from_none], self.series_instance_uid)
        if self.sha256 is not None:
            result["sha256"] = from_union([from_str, from_none], self.sha256)
        if self.uneven_slices is not None:
            result["unevenSlices"] = from_union([lambda x: to_enum(DicomUnevenSlices, x), from_none], self.uneven_slices)
        return result


@dataclass
class ModelReference:
    """The model to use; without a version the newest."""

    name: str
    version: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'ModelReference':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        version = from_union([from_str, from_none], obj.get("version"))
        return ModelReference(name, version)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        if self.version is not None:
            result["version"] = from_union([from_str, from_none], self.version)
        return result


@dataclass
class ChannelReference:
    """One more image of the scan."""

    input: InputReference
    name: str
    """The channel's name in the model."""

    @staticmethod
    def from_dict(obj: Any) -> 'ChannelReference':
        assert isinstance(obj, dict)
        input = InputReference.from_dict(obj.get("input"))
        name = from_str(obj.get("name"))
        return ChannelReference(input, name)

    def to_dict(self) -> dict:
        result: dict = {}
        result["input"] = to_class(InputReference, self.input)
        result["name"] = from_str(self.name)
        return result


class ProbabilityGrid(Enum):
    """The grid of probabilities, entropy and disagreement: the scan's own, or the network's,
    which is what it computed. Unless the worker says otherwise: scan.
    """
    NETWORK = "network"
    SCAN = "scan"


class ProbabilityType(Enum):
    """How they are stored: uint8 (255ths) or uint16 (65535ths), each with its slope in the
    header. Unless the worker says otherwise: uint8.
    """
    UINT16 = "uint16"
    UINT8 = "uint8"


class WantedRole(Enum):
    """A role that can be asked for. More may come."""

    CLASS_MASK = "class-mask"
    DICOM_RTSTRUCT = "dicom-rtstruct"
    DICOM_SEG = "dicom-seg"
    DICOM_SR = "dicom-sr"
    DISAGREEMENT = "disagreement"
    ENTROPY = "entropy"
    ITK_SNAP_LABELS = "itk-snap-labels"
    LABEL_MAP = "label-map"
    LABEL_NAMES = "label-names"
    MEASUREMENTS = "measurements"
    MESH = "mesh"
    PREVIEW = "preview"
    PROBABILITIES = "probabilities"
    SCAN = "scan"
    SLICER_COLOURS = "slicer-colours"


@dataclass
class OutputChoice:
    """What is wanted of the outputs. Absent, or absent in it: as the worker is configured."""

    classes: list[str] | None = None
    """The model's classes that are wanted, by name: others are background in the label map and
    are in no other output. Unless the worker says otherwise: all.
    """
    probability_grid: ProbabilityGrid | None = None
    """The grid of probabilities, entropy and disagreement: the scan's own, or the network's,
    which is what it computed. Unless the worker says otherwise: scan.
    """
    probability_type: ProbabilityType | None = None
    """How they are stored: uint8 (255ths) or uint16 (65535ths), each with its slope in the
    header. Unless the worker says otherwise: uint8.
    """
    radiomics: list[str] | None = None
    """The measured classes of which radiomics features (IBSI) are computed; all, alone, stands
    for every one. Unless the worker says otherwise: none.
    """
    radiomics_bins: str | None = None
    """How values become grey levels: width:N (bins of that width, from a multiple of it) or
    count:N (so many from the lowest to the highest value). Unless the worker says otherwise:
    width:25 for models of HU, else count:32.
    """
    roles: list[WantedRole] | None = None
    """What is stored besides what the worker stores, by the role that the outputs of a
    completed event have. dicom-sr comes with dicom-seg, to which it refers.
    """
    statistics: list[str] | None = None
    """Those of them that are measured. Unless the worker says otherwise: all that are wanted."""

    @staticmethod
    def from_dict(obj: Any) -> 'OutputChoice':
        assert isinstance(obj, dict)
        classes = from_union([lambda x: from_list(from_str, x), from_none], obj.get("classes"))
        probability_grid = from_union([ProbabilityGrid, from_none], obj.get("probabilityGrid"))
        probability_type = from_union([ProbabilityType, from_none], obj.get("probabilityType"))
        radiomics = from_union([lambda x: from_list(from_str, x), from_none], obj.get("radiomics"))
        radiomics_bins = from_union([from_str, from_none], obj.get("radiomicsBins"))
        roles = from_union([lambda x: from_list(WantedRole, x), from_none], obj.get("roles"))
        statistics = from_union([lambda x: from_list(from_str, x), from_none], obj.get("statistics"))
        return OutputChoice(classes, probability_grid, probability_type, radiomics, radiomics_bins, roles, statistics)

    def to_dict(self) -> dict:
        result: dict = {}
        if self.classes is not None:
            result["classes"] = from_union([lambda x: from_list(from_str, x), from_none], self.classes)
        if self.probability_grid is not None:
            result["probabilityGrid"] = from_union([lambda x: to_enum(ProbabilityGrid, x), from_none], self.probability_grid)
        if self.probability_type is not None:
            result["probabilityType"] = from_union([lambda x: to_enum(ProbabilityType, x), from_none], self.probability_type)
        if self.radiomics is not None:
            result["radiomics"] = from_union([lambda x: from_list(from_str, x), from_none], self.radiomics)
        if self.radiomics_bins is not None:
            result["radiomicsBins"] = from_union([from_str, from_none], self.radiomics_bins)
        if self.roles is not None:
            result["roles"] = from_union([lambda x: from_list(lambda x: to_enum(WantedRole, x), x), from_none], self.roles)
        if self.statistics is not None:
            result["statistics"] = from_union([lambda x: from_list(from_str, x), from_none], self.statistics)
        return result


class Priority(Enum):
    """urgent goes before all routine scans that have not begun, if it is on
    deformux.scan.urgent. Absent: routine.
    """
    ROUTINE = "routine"
    URGENT = "urgent"


@dataclass
class ScanArrived:
    """A request: segment this scan with this model and put the outputs there."""

    input: InputReference
    job_id: str
    model: ModelReference
    """The model to use; without a version the newest."""

    output: str
    """The folder or bucket prefix that receives the outputs."""

    dicom_output: str | None = None
    """Where the DICOM objects among the outputs go instead, as a PACS:
    dicomweb://host/path/studies.
    """
    dicom_seg_kind: DicomSegKind | None = None
    """How the DICOM segmentation stores its segments: binary (Segmentation Storage) or labelmap
    (Label Map Segmentation Storage). Absent: as the worker is configured, binary unless it
    says otherwise.
    """
    other_channels: list[ChannelReference] | None = None
    """The other images of a scan, for a model that sees several (model.json names its
    channels): input is the model's first channel, and here is each of the others, in any
    order. They are resampled to the grid of input, in mm. Absent: a model that sees one
    image.
    """
    outputs: OutputChoice | None = None
    """What is wanted of the outputs. Absent, or absent in it: as the worker is configured."""

    priority: Priority | None = None
    """urgent goes before all routine scans that have not begun, if it is on
    deformux.scan.urgent. Absent: routine.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'ScanArrived':
        assert isinstance(obj, dict)
        input = InputReference.from_dict(obj.get("input"))
        job_id = from_str(obj.get("jobId"))
        model = ModelReference.from_dict(obj.get("model"))
        output = from_str(obj.get("output"))
        dicom_output = from_union([from_str, from_none], obj.get("dicomOutput"))
        dicom_seg_kind = from_union([DicomSegKind, from_none], obj.get("dicomSegKind"))
        other_channels = from_union([lambda x: from_list(ChannelReference.from_dict, x), from_none], obj.get("otherChannels"))
        outputs = from_union([OutputChoice.from_dict, from_none], obj.get("outputs"))
        priority = from_union([Priority, from_none], obj.get("priority"))
        return ScanArrived(input, job_id, model, output, dicom_output, dicom_seg_kind, other_channels, outputs, priority)

    def to_dict(self) -> dict:
        result: dict = {}
        result["input"] = to_class(InputReference, self.input)
        result["jobId"] = from_str(self.job_id)
        result["model"] = to_class(ModelReference, self.model)
        result["output"] = from_str(self.output)
        if self.dicom_output is not None:
            result["dicomOutput"] = from_union([from_str, from_none], self.dicom_output)
        if self.dicom_seg_kind is not None:
            result["dicomSegKind"] = from_union([lambda x: to_enum(DicomSegKind, x), from_none], self.dicom_seg_kind)
        if self.other_channels is not None:
            result["otherChannels"] = from_union([lambda x: from_list(lambda x: to_class(ChannelReference, x), x), from_none], self.other_channels)
        if self.outputs is not None:
            result["outputs"] = from_union([lambda x: to_class(OutputChoice, x), from_none], self.outputs)
        if self.priority is not None:
            result["priority"] = from_union([lambda x: to_enum(Priority, x), from_none], self.priority)
        return result


@dataclass
class CaseScore:
    """One entry per label, background left out. Empty where neither prediction nor truth has
    the label.
    """
    dice: float | None = None
    hd95_mm: float | None = None
    """In mm; absent where only one of prediction and truth has the label, which is a miss."""

    nsd: float | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'CaseScore':
        assert isinstance(obj, dict)
        dice = from_union([from_float, from_none], obj.get("dice"))
        hd95_mm = from_union([from_float, from_none], obj.get("hd95Mm"))
        nsd = from_union([from_float, from_none], obj.get("nsd"))
        return CaseScore(dice, hd95_mm, nsd)

    def to_dict(self) -> dict:
        result: dict = {}
        if self.dice is not None:
            result["dice"] = from_union([to_float, from_none], self.dice)
        if self.hd95_mm is not None:
            result["hd95Mm"] = from_union([to_float, from_none], self.hd95_mm)
        if self.nsd is not None:
            result["nsd"] = from_union([to_float, from_none], self.nsd)
        return result


@dataclass
class Scores:
    """How good a fold's network is on each of its validation cases: the file that
    training.fold.completed names in a comparison.
    """
    cases: list[list[CaseScore]]
    """In the order of the fold; the same for all networks of a comparison. A case has no name
    here.
    """
    labels: list[str]
    """Label names by value, the background first."""

    nsd_tolerance_mm: float
    """Surfaces closer than this agree, for NSD."""

    version: int

    @staticmethod
    def from_dict(obj: Any) -> 'Scores':
        assert isinstance(obj, dict)
        cases = from_list(lambda x: from_list(CaseScore.from_dict, x), obj.get("cases"))
        labels = from_list(from_str, obj.get("labels"))
        nsd_tolerance_mm = from_float(obj.get("nsdToleranceMm"))
        version = from_int(obj.get("version"))
        return Scores(cases, labels, nsd_tolerance_mm, version)

    def to_dict(self) -> dict:
        result: dict = {}
        result["cases"] = from_list(lambda x: from_list(lambda x: to_class(CaseScore, x), x), self.cases)
        result["labels"] = from_list(from_str, self.labels)
        result["nsdToleranceMm"] = to_float(self.nsd_tolerance_mm)
        result["version"] = from_int(self.version)
        return result


@dataclass
class Grid:
    """A voxel grid in patient space."""

    affine: list[float]
    """The 4 x 4 matrix row by row, from voxel indices (i, j, k, 1) to millimetres in RAS+."""

    shape: list[int]
    """Number of voxels along the array axes (i, j, k)."""

    spacing_mm: list[float]
    """Distance of neighbouring voxels along (i, j, k) in mm."""

    @staticmethod
    def from_dict(obj: Any) -> 'Grid':
        assert isinstance(obj, dict)
        affine = from_list(from_float, obj.get("affine"))
        shape = from_list(from_int, obj.get("shape"))
        spacing_mm = from_list(from_float, obj.get("spacingMm"))
        return Grid(affine, shape, spacing_mm)

    def to_dict(self) -> dict:
        result: dict = {}
        result["affine"] = from_list(to_float, self.affine)
        result["shape"] = from_list(from_int, self.shape)
        result["spacingMm"] = from_list(to_float, self.spacing_mm)
        return result


@dataclass
class PassedOverFiles:
    count: int
    """Files or frames."""

    files: list[int]
    """The places of the first of them in name order, from 1."""

    instances: list[str]
    """The SOP Instance UIDs of the first of those that have one."""

    reason: str
    """As not-dicom, no-volume, other-class, localizer, no-pixels, colour, no-place,
    other-plane, projection, other-series, other-acquisition, duplicate or hidden. More may
    come.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'PassedOverFiles':
        assert isinstance(obj, dict)
        count = from_int(obj.get("count"))
        files = from_list(from_int, obj.get("files"))
        instances = from_list(from_str, obj.get("instances"))
        reason = from_str(obj.get("reason"))
        return PassedOverFiles(count, files, instances, reason)

    def to_dict(self) -> dict:
        result: dict = {}
        result["count"] = from_int(self.count)
        result["files"] = from_list(from_int, self.files)
        result["instances"] = from_list(from_str, self.instances)
        result["reason"] = from_str(self.reason)
        return result


@dataclass
class InputSummary:
    """What was found in an input of several files."""

    passed_over: list[PassedOverFiles]
    """What is no part of the volume, one entry per reason."""

    @staticmethod
    def from_dict(obj: Any) -> 'InputSummary':
        assert isinstance(obj, dict)
        passed_over = from_list(PassedOverFiles.from_dict, obj.get("passedOver"))
        return InputSummary(passed_over)

    def to_dict(self) -> dict:
        result: dict = {}
        result["passedOver"] = from_list(lambda x: to_class(PassedOverFiles, x), self.passed_over)
        return result


@dataclass
class LabelVolume:
    name: str
    value: int
    """The voxel value in the label map."""

    volume_ml: float
    voxels: int
    colour: str | None = None
    """Its colour in preview, DICOM segmentation and lists of labels: # and six hexadecimal
    digits. Older workers do not say.
    """
    mean_confidence: float | None = None
    """The mean probability of the label over the voxels of the network's grid where it is the
    likeliest class. Absent where there are none.
    """
    mean_disagreement: float | None = None
    """Of an ensemble, the mean part of that entropy at those voxels that its members disagree
    about, which is their mutual information: 0 where all say the same, however unsure.
    Absent of one network.
    """
    mean_entropy: float | None = None
    """The mean entropy over all classes at those voxels, of an ensemble that of its mean
    probabilities: 0 where one class is certain, 1 where all are as likely.
    """
    segment_number: int | None = None
    """Its number in the job's DICOM segmentation: Segment Number, and the pixel value of a
    labelmap. Absent where that has no such segment.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'LabelVolume':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        value = from_int(obj.get("value"))
        volume_ml = from_float(obj.get("volumeMl"))
        voxels = from_int(obj.get("voxels"))
        colour = from_union([from_str, from_none], obj.get("colour"))
        mean_confidence = from_union([from_float, from_none], obj.get("meanConfidence"))
        mean_disagreement = from_union([from_float, from_none], obj.get("meanDisagreement"))
        mean_entropy = from_union([from_float, from_none], obj.get("meanEntropy"))
        segment_number = from_union([from_int, from_none], obj.get("segmentNumber"))
        return LabelVolume(name, value, volume_ml, voxels, colour, mean_confidence, mean_disagreement, mean_entropy, segment_number)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["value"] = from_int(self.value)
        result["volumeMl"] = to_float(self.volume_ml)
        result["voxels"] = from_int(self.voxels)
        if self.colour is not None:
            result["colour"] = from_union([from_str, from_none], self.colour)
        if self.mean_confidence is not None:
            result["meanConfidence"] = from_union([to_float, from_none], self.mean_confidence)
        if self.mean_disagreement is not None:
            result["meanDisagreement"] = from_union([to_float, from_none], self.mean_disagreement)
        if self.mean_entropy is not None:
            result["meanEntropy"] = from_union([to_float, from_none], self.mean_entropy)
        if self.segment_number is not None:
            result["segmentNumber"] = from_union([from_int, from_none], self.segment_number)
        return result


@dataclass
class RuntimeInfo:
    """Where and with what the job ran."""

    device: str
    """As cpu or cuda:0."""

    precision: str
    """The number format of the network, as fp32 or bf16."""

    software_version: str
    convolutions: str | None = None
    """Who computed the convolutions: library (PyTorch), own (the worker's kernels) or both, by
    layer. More may come.
    """
    verified: float | None = None
    """The worst relative error found when values of every layer were computed again in double
    precision.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'RuntimeInfo':
        assert isinstance(obj, dict)
        device = from_str(obj.get("device"))
        precision = from_str(obj.get("precision"))
        software_version = from_str(obj.get("softwareVersion"))
        convolutions = from_union([from_str, from_none], obj.get("convolutions"))
        verified = from_union([from_float, from_none], obj.get("verified"))
        return RuntimeInfo(device, precision, software_version, convolutions, verified)

    def to_dict(self) -> dict:
        result: dict = {}
        result["device"] = from_str(self.device)
        result["precision"] = from_str(self.precision)
        result["softwareVersion"] = from_str(self.software_version)
        if self.convolutions is not None:
            result["convolutions"] = from_union([from_str, from_none], self.convolutions)
        if self.verified is not None:
            result["verified"] = from_union([to_float, from_none], self.verified)
        return result


@dataclass
class SegmentationCompleted:
    """A result: the scan is segmented and every output named here is stored."""

    grid: Grid
    input_sha256: str
    job_id: str
    labels: list[LabelVolume]
    """One entry per label of the model, or of those that were asked for, background left out,
    also where nothing was found.
    """
    model: ModelVersion
    """The model that did it; the digest is that of its weights."""

    outputs: list[OutputFile]
    """The stored outputs, by role: label-map, dicom-seg, measurements (see
    measurements.v1.json), preview, dicom-sr (the measurements as a structured report),
    dicom-rtstruct (contours), mesh (surfaces, binary glTF), label-names (see
    labels.v1.json), itk-snap-labels, slicer-colours, class-mask and probabilities (one for
    each class), entropy, disagreement or scan (as it was read). More may come.
    """
    runtime: RuntimeInfo
    """Where and with what the job ran."""

    timings_ms: dict[str, int]
    """Wall time of each stage in ms, in the order in which the stages ran."""

    input: InputSummary | None = None
    """What was found in an input of several files."""

    warnings: list[ResultWarning] | None = None
    """What the result should be read with care for, as SCAN_SIZE_IMPLAUSIBLE. More codes may
    come; none is renamed.
    """

    @staticmethod
    def from_dict(obj: Any) -> 'SegmentationCompleted':
        assert isinstance(obj, dict)
        grid = Grid.from_dict(obj.get("grid"))
        input_sha256 = from_str(obj.get("inputSha256"))
        job_id = from_str(obj.get("jobId"))
        labels = from_list(LabelVolume.from_dict, obj.get("labels"))
        model = ModelVersion.from_dict(obj.get("model"))
        outputs = from_list(OutputFile.from_dict, obj.get("outputs"))
        runtime = RuntimeInfo.from_dict(obj.get("runtime"))
        timings_ms = from_dict(from_int, obj.get("timingsMs"))
        input = from_union([InputSummary.from_dict, from_none], obj.get("input"))
        warnings = from_union([lambda x: from_list(ResultWarning.from_dict, x), from_none], obj.get("warnings"))
        return SegmentationCompleted(grid, input_sha256, job_id, labels, model, outputs, runtime, timings_ms, input, warnings)

    def to_dict(self) -> dict:
        result: dict = {}
        result["grid"] = to_class(Grid, self.grid)
        result["inputSha256"] = from_str(self.input_sha256)
        result["jobId"] = from_str(self.job_id)
        result["labels"] = from_list(lambda x: to_class(LabelVolume, x), self.labels)
        result["model"] = to_class(ModelVersion, self.model)
        result["outputs"] = from_list(lambda x: to_class(OutputFile, x), self.outputs)
        result["runtime"] = to_class(RuntimeInfo, self.runtime)
        result["timingsMs"] = from_dict(from_int, self.timings_ms)
        if self.input is not None:
            result["input"] = from_union([lambda x: to_class(InputSummary, x), from_none], self.input)
        if self.warnings is not None:
            result["warnings"] = from_union([lambda x: from_list(lambda x: to_class(ResultWarning, x), x), from_none], self.warnings)
        return result


@dataclass
class SegmentationFailed:
    """A result: the scan could not be segmented."""

    attempt: int
    """Which attempt this was, 1 for the first."""

    code: str
    """The stable code, as DICOM_SERIES_MIXED. More may come; none is renamed."""

    job_id: str
    message: str
    """What to do about it, for a person; free of patient data."""

    retryable: bool
    """Whether the same job, sent again unchanged, may succeed."""

    stage: str

    @staticmethod
    def from_dict(obj: Any) -> 'SegmentationFailed':
        assert isinstance(obj, dict)
        attempt = from_int(obj.get("attempt"))
        code = from_str(obj.get("code"))
        job_id = from_str(obj.get("jobId"))
        message = from_str(obj.get("message"))
        retryable = from_bool(obj.get("retryable"))
        stage = from_str(obj.get("stage"))
        return SegmentationFailed(attempt, code, job_id, message, retryable, stage)

    def to_dict(self) -> dict:
        result: dict = {}
        result["attempt"] = from_int(self.attempt)
        result["code"] = from_str(self.code)
        result["jobId"] = from_str(self.job_id)
        result["message"] = from_str(self.message)
        result["retryable"] = from_bool(self.retryable)
        result["stage"] = from_str(self.stage)
        return result


@dataclass
class LabelDice:
    name: str
    value: int
    """The label's value; where regions were learned, the place of one among them, from 1. A
    name stands for the same in all folds, a value may not.
    """
    dice: float | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'LabelDice':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        value = from_int(obj.get("value"))
        dice = from_union([from_float, from_none], obj.get("dice"))
        return LabelDice(name, value, dice)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["value"] = from_int(self.value)
        if self.dice is not None:
            result["dice"] = from_union([to_float, from_none], self.dice)
        return result


@dataclass
class StoredModel:
    """The fold's model package: a folder with model.json and the weights that it lists."""

    sha256: str
    uri: str

    @staticmethod
    def from_dict(obj: Any) -> 'StoredModel':
        assert isinstance(obj, dict)
        sha256 = from_str(obj.get("sha256"))
        uri = from_str(obj.get("uri"))
        return StoredModel(sha256, uri)

    def to_dict(self) -> dict:
        result: dict = {}
        result["sha256"] = from_str(self.sha256)
        result["uri"] = from_str(self.uri)
        return result


@dataclass
class FoldResult:
    """One result per fold, in ascending order.

    What came of one fold.
    """
    best_iteration: int
    """The iteration whose weights are kept."""

    dataset_sha256: str
    dice: list[LabelDice]
    """One entry per label, background left out, of the best iteration."""

    duration_ms: int
    fold: int
    iterations: int
    """How many were done."""

    mean_dice: float
    model: StoredModel
    """The fold's model package: a folder with model.json and the weights that it lists."""

    seeds: dict[str, int]
    """What was random and its seed. More may come."""

    measured: FoldMeasurement | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'FoldResult':
        assert isinstance(obj, dict)
        best_iteration = from_int(obj.get("bestIteration"))
        dataset_sha256 = from_str(obj.get("datasetSha256"))
        dice = from_list(LabelDice.from_dict, obj.get("dice"))
        duration_ms = from_int(obj.get("durationMs"))
        fold = from_int(obj.get("fold"))
        iterations = from_int(obj.get("iterations"))
        mean_dice = from_float(obj.get("meanDice"))
        model = StoredModel.from_dict(obj.get("model"))
        seeds = from_dict(from_int, obj.get("seeds"))
        measured = from_union([FoldMeasurement.from_dict, from_none], obj.get("measured"))
        return FoldResult(best_iteration, dataset_sha256, dice, duration_ms, fold, iterations, mean_dice, model, seeds, measured)

    def to_dict(self) -> dict:
        result: dict = {}
        result["bestIteration"] = from_int(self.best_iteration)
        result["datasetSha256"] = from_str(self.dataset_sha256)
        result["dice"] = from_list(lambda x: to_class(LabelDice, x), self.dice)
        result["durationMs"] = from_int(self.duration_ms)
        result["fold"] = from_int(self.fold)
        result["iterations"] = from_int(self.iterations)
        result["meanDice"] = to_float(self.mean_dice)
        result["model"] = to_class(StoredModel, self.model)
        result["seeds"] = from_dict(from_int, self.seeds)
        if self.measured is not None:
            result["measured"] = from_union([lambda x: to_class(FoldMeasurement, x), from_none], self.measured)
        return result


@dataclass
class TrainingCompleted:
    """A result: every fold of a training is trained, and their ensemble is published."""

    dice: list[LabelSummary]
    duration_ms: int
    folds: list[FoldResult]
    mean_dice: float
    model: ModelVersion
    """The published model; the digest is that of its manifest, which covers its weights."""

    model_uri: str
    request_sha256: str
    training_id: str
    comparison_id: str | None = None
    sd_dice: float | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingCompleted':
        assert isinstance(obj, dict)
        dice = from_list(LabelSummary.from_dict, obj.get("dice"))
        duration_ms = from_int(obj.get("durationMs"))
        folds = from_list(FoldResult.from_dict, obj.get("folds"))
        mean_dice = from_float(obj.get("meanDice"))
        model = ModelVersion.from_dict(obj.get("model"))
        model_uri = from_str(obj.get("modelUri"))
        request_sha256 = from_str(obj.get("requestSha256"))
        training_id = from_str(obj.get("trainingId"))
        comparison_id = from_union([from_str, from_none], obj.get("comparisonId"))
        sd_dice = from_union([from_float, from_none], obj.get("sdDice"))
        return TrainingCompleted(dice, duration_ms, folds, mean_dice, model, model_uri, request_sha256, training_id, comparison_id, sd_dice)

    def to_dict(self) -> dict:
        result: dict = {}
        result["dice"] = from_list(lambda x: to_class(LabelSummary, x), self.dice)
        result["durationMs"] = from_int(self.duration_ms)
        result["folds"] = from_list(lambda x: to_class(FoldResult, x), self.folds)
        result["meanDice"] = to_float(self.mean_dice)
        result["model"] = to_class(ModelVersion, self.model)
        result["modelUri"] = from_str(self.model_uri)
        result["requestSha256"] = from_str(self.request_sha256)
        result["trainingId"] = from_str(self.training_id)
        if self.comparison_id is not None:
            result["comparisonId"] = from_union([from_str, from_none], self.comparison_id)
        if self.sd_dice is not None:
            result["sdDice"] = from_union([to_float, from_none], self.sd_dice)
        return result


@dataclass
class FoldFailure:
    code: str
    fold: int
    message: str

    @staticmethod
    def from_dict(obj: Any) -> 'FoldFailure':
        assert isinstance(obj, dict)
        code = from_str(obj.get("code"))
        fold = from_int(obj.get("fold"))
        message = from_str(obj.get("message"))
        return FoldFailure(code, fold, message)

    def to_dict(self) -> dict:
        result: dict = {}
        result["code"] = from_str(self.code)
        result["fold"] = from_int(self.fold)
        result["message"] = from_str(self.message)
        return result


@dataclass
class TrainingFailed:
    """A result: a training has failed and nothing is published."""

    code: str
    completed_folds: list[FoldResult]
    duration_ms: int
    failed_folds: list[FoldFailure]
    """The folds that had failed by then."""

    message: str
    request_sha256: str
    retryable: bool
    """Whether the same training, sent again unchanged under another id, may succeed."""

    training_id: str
    comparison_id: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingFailed':
        assert isinstance(obj, dict)
        code = from_str(obj.get("code"))
        completed_folds = from_list(FoldResult.from_dict, obj.get("completedFolds"))
        duration_ms = from_int(obj.get("durationMs"))
        failed_folds = from_list(FoldFailure.from_dict, obj.get("failedFolds"))
        message = from_str(obj.get("message"))
        request_sha256 = from_str(obj.get("requestSha256"))
        retryable = from_bool(obj.get("retryable"))
        training_id = from_str(obj.get("trainingId"))
        comparison_id = from_union([from_str, from_none], obj.get("comparisonId"))
        return TrainingFailed(code, completed_folds, duration_ms, failed_folds, message, request_sha256, retryable, training_id, comparison_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["code"] = from_str(self.code)
        result["completedFolds"] = from_list(lambda x: to_class(FoldResult, x), self.completed_folds)
        result["durationMs"] = from_int(self.duration_ms)
        result["failedFolds"] = from_list(lambda x: to_class(FoldFailure, x), self.failed_folds)
        result["message"] = from_str(self.message)
        result["requestSha256"] = from_str(self.request_sha256)
        result["retryable"] = from_bool(self.retryable)
        result["trainingId"] = from_str(self.training_id)
        if self.comparison_id is not None:
            result["comparisonId"] = from_union([from_str, from_none], self.comparison_id)
        return result


@dataclass
class TrainingFoldCompleted:
    """A result: one fold is trained and its model package stored."""

    result: FoldResult
    training_id: str

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingFoldCompleted':
        assert isinstance(obj, dict)
        result = FoldResult.from_dict(obj.get("result"))
        training_id = from_str(obj.get("trainingId"))
        return TrainingFoldCompleted(result, training_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["result"] = to_class(FoldResult, self.result)
        result["trainingId"] = from_str(self.training_id)
        return result


@dataclass
class TrainingFoldFailed:
    """A result: one fold has failed and will not be tried again."""

    attempt: int
    """Which attempt this was, 1 for the first."""

    code: str
    fold: int
    message: str
    retryable: bool
    """Whether the same training, sent again unchanged under another id, may succeed."""

    training_id: str

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingFoldFailed':
        assert isinstance(obj, dict)
        attempt = from_int(obj.get("attempt"))
        code = from_str(obj.get("code"))
        fold = from_int(obj.get("fold"))
        message = from_str(obj.get("message"))
        retryable = from_bool(obj.get("retryable"))
        training_id = from_str(obj.get("trainingId"))
        return TrainingFoldFailed(attempt, code, fold, message, retryable, training_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["attempt"] = from_int(self.attempt)
        result["code"] = from_str(self.code)
        result["fold"] = from_int(self.fold)
        result["message"] = from_str(self.message)
        result["retryable"] = from_bool(self.retryable)
        result["trainingId"] = from_str(self.training_id)
        return result


@dataclass
class TrainingSpec:
    """What to train and how. It leaves nothing to a worker's defaults."""

    architecture: ArchitectureSpec
    dataset: str
    preprocessing: PreprocessingSpec
    seed: int
    settings: TrainingSettings
    split: Split
    initial_weights: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingSpec':
        assert isinstance(obj, dict)
        architecture = ArchitectureSpec.from_dict(obj.get("architecture"))
        dataset = from_str(obj.get("dataset"))
        preprocessing = PreprocessingSpec.from_dict(obj.get("preprocessing"))
        seed = from_int(obj.get("seed"))
        settings = TrainingSettings.from_dict(obj.get("settings"))
        split = Split.from_dict(obj.get("split"))
        initial_weights = from_union([from_str, from_none], obj.get("initialWeights"))
        return TrainingSpec(architecture, dataset, preprocessing, seed, settings, split, initial_weights)

    def to_dict(self) -> dict:
        result: dict = {}
        result["architecture"] = to_class(ArchitectureSpec, self.architecture)
        result["dataset"] = from_str(self.dataset)
        result["preprocessing"] = to_class(PreprocessingSpec, self.preprocessing)
        result["seed"] = from_int(self.seed)
        result["settings"] = to_class(TrainingSettings, self.settings)
        result["split"] = to_class(Split, self.split)
        if self.initial_weights is not None:
            result["initialWeights"] = from_union([from_str, from_none], self.initial_weights)
        return result


@dataclass
class TrainingFoldRequested:
    """A request: train this one fold. Made of a training request."""

    fold: int
    model_name: str
    output: str
    training: TrainingSpec
    training_id: str
    comparison_id: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingFoldRequested':
        assert isinstance(obj, dict)
        fold = from_int(obj.get("fold"))
        model_name = from_str(obj.get("modelName"))
        output = from_str(obj.get("output"))
        training = TrainingSpec.from_dict(obj.get("training"))
        training_id = from_str(obj.get("trainingId"))
        comparison_id = from_union([from_str, from_none], obj.get("comparisonId"))
        return TrainingFoldRequested(fold, model_name, output, training, training_id, comparison_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["fold"] = from_int(self.fold)
        result["modelName"] = from_str(self.model_name)
        result["output"] = from_str(self.output)
        result["training"] = to_class(TrainingSpec, self.training)
        result["trainingId"] = from_str(self.training_id)
        if self.comparison_id is not None:
            result["comparisonId"] = from_union([from_str, from_none], self.comparison_id)
        return result


@dataclass
class ModelTarget:
    """The name and version under which to publish."""

    name: str
    version: str

    @staticmethod
    def from_dict(obj: Any) -> 'ModelTarget':
        assert isinstance(obj, dict)
        name = from_str(obj.get("name"))
        version = from_str(obj.get("version"))
        return ModelTarget(name, version)

    def to_dict(self) -> dict:
        result: dict = {}
        result["name"] = from_str(self.name)
        result["version"] = from_str(self.version)
        return result


@dataclass
class TrainingReady:
    """All folds of a training are there: their ensemble can be put together and published."""

    folds: list[FoldResult]
    model: ModelTarget
    """The name and version under which to publish."""

    requested_at_ms: int
    """When the request was taken, ms since 1970-01-01 UTC."""

    request_sha256: str
    training_id: str
    comparison_id: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingReady':
        assert isinstance(obj, dict)
        folds = from_list(FoldResult.from_dict, obj.get("folds"))
        model = ModelTarget.from_dict(obj.get("model"))
        requested_at_ms = from_int(obj.get("requestedAtMs"))
        request_sha256 = from_str(obj.get("requestSha256"))
        training_id = from_str(obj.get("trainingId"))
        comparison_id = from_union([from_str, from_none], obj.get("comparisonId"))
        return TrainingReady(folds, model, requested_at_ms, request_sha256, training_id, comparison_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["folds"] = from_list(lambda x: to_class(FoldResult, x), self.folds)
        result["model"] = to_class(ModelTarget, self.model)
        result["requestedAtMs"] = from_int(self.requested_at_ms)
        result["requestSha256"] = from_str(self.request_sha256)
        result["trainingId"] = from_str(self.training_id)
        if self.comparison_id is not None:
            result["comparisonId"] = from_union([from_str, from_none], self.comparison_id)
        return result


@dataclass
class TrainingRequested:
    """A request: train these folds and publish their ensemble as a model."""

    model_name: str
    output: str
    training: TrainingSpec
    training_id: str
    comparison_id: str | None = None

    @staticmethod
    def from_dict(obj: Any) -> 'TrainingRequested':
        assert isinstance(obj, dict)
        model_name = from_str(obj.get("modelName"))
        output = from_str(obj.get("output"))
        training = TrainingSpec.from_dict(obj.get("training"))
        training_id = from_str(obj.get("trainingId"))
        comparison_id = from_union([from_str, from_none], obj.get("comparisonId"))
        return TrainingRequested(model_name, output, training, training_id, comparison_id)

    def to_dict(self) -> dict:
        result: dict = {}
        result["modelName"] = from_str(self.model_name)
        result["output"] = from_str(self.output)
        result["training"] = to_class(TrainingSpec, self.training)
        result["trainingId"] = from_str(self.training_id)
        if self.comparison_id is not None:
            result["comparisonId"] = from_union([from_str, from_none], self.comparison_id)
        return result


def comparison_completed_from_dict(s: Any) -> ComparisonCompleted:
    return ComparisonCompleted.from_dict(s)


def comparison_completed_to_dict(x: ComparisonCompleted) -> Any:
    return to_class(ComparisonCompleted, x)


def comparison_failed_from_dict(s: Any) -> ComparisonFailed:
    return ComparisonFailed.from_dict(s)


def comparison_failed_to_dict(x: ComparisonFailed) -> Any:
    return to_class(ComparisonFailed, x)


def comparison_ready_from_dict(s: Any) -> ComparisonReady:
    return ComparisonReady.from_dict(s)


def comparison_ready_to_dict(x: ComparisonReady) -> Any:
    return to_class(ComparisonReady, x)


def comparison_requested_from_dict(s: Any) -> ComparisonRequested:
    return ComparisonRequested.from_dict(s)


def comparison_requested_to_dict(x: ComparisonRequested) -> Any:
    return to_class(ComparisonRequested, x)


def dead_letter_replay_from_dict(s: Any) -> DeadLetterReplay:
    return DeadLetterReplay.from_dict(s)


def dead_letter_replay_to_dict(x: DeadLetterReplay) -> Any:
    return to_class(DeadLetterReplay, x)


def job_cancel_from_dict(s: Any) -> JobCancel:
    return JobCancel.from_dict(s)


def job_cancel_to_dict(x: JobCancel) -> Any:
    return to_class(JobCancel, x)


def job_progress_from_dict(s: Any) -> JobProgress:
    return JobProgress.from_dict(s)


def job_progress_to_dict(x: JobProgress) -> Any:
    return to_class(JobProgress, x)


def label_names_from_dict(s: Any) -> LabelNames:
    return LabelNames.from_dict(s)


def label_names_to_dict(x: LabelNames) -> Any:
    return to_class(LabelNames, x)


def measurements_from_dict(s: Any) -> Measurements:
    return Measurements.from_dict(s)


def measurements_to_dict(x: Measurements) -> Any:
    return to_class(Measurements, x)


def model_published_from_dict(s: Any) -> ModelPublished:
    return ModelPublished.from_dict(s)


def model_published_to_dict(x: ModelPublished) -> Any:
    return to_class(ModelPublished, x)


def scan_arrived_from_dict(s: Any) -> ScanArrived:
    return ScanArrived.from_dict(s)


def scan_arrived_to_dict(x: ScanArrived) -> Any:
    return to_class(ScanArrived, x)


def scores_from_dict(s: Any) -> Scores:
    return Scores.from_dict(s)


def scores_to_dict(x: Scores) -> Any:
    return to_class(Scores, x)


def segmentation_completed_from_dict(s: Any) -> SegmentationCompleted:
    return SegmentationCompleted.from_dict(s)


def segmentation_completed_to_dict(x: SegmentationCompleted) -> Any:
    return to_class(SegmentationCompleted, x)


def segmentation_failed_from_dict(s: Any) -> SegmentationFailed:
    return SegmentationFailed.from_dict(s)


def segmentation_failed_to_dict(x: SegmentationFailed) -> Any:
    return to_class(SegmentationFailed, x)


def training_completed_from_dict(s: Any) -> TrainingCompleted:
    return TrainingCompleted.from_dict(s)


def training_completed_to_dict(x: TrainingCompleted) -> Any:
    return to_class(TrainingCompleted, x)


def training_failed_from_dict(s: Any) -> TrainingFailed:
    return TrainingFailed.from_dict(s)


def training_failed_to_dict(x: TrainingFailed) -> Any:
    return to_class(TrainingFailed, x)


def training_fold_completed_from_dict(s: Any) -> TrainingFoldCompleted:
    return TrainingFoldCompleted.from_dict(s)


def training_fold_completed_to_dict(x: TrainingFoldCompleted) -> Any:
    return to_class(TrainingFoldCompleted, x)


def training_fold_failed_from_dict(s: Any) -> TrainingFoldFailed:
    return TrainingFoldFailed.from_dict(s)


def training_fold_failed_to_dict(x: TrainingFoldFailed) -> Any:
    return to_class(TrainingFoldFailed, x)


def training_fold_requested_from_dict(s: Any) -> TrainingFoldRequested:
    return TrainingFoldRequested.from_dict(s)


def training_fold_requested_to_dict(x: TrainingFoldRequested) -> Any:
    return to_class(TrainingFoldRequested, x)


def training_ready_from_dict(s: Any) -> TrainingReady:
    return TrainingReady.from_dict(s)


def training_ready_to_dict(x: TrainingReady) -> Any:
    return to_class(TrainingReady, x)


def training_requested_from_dict(s: Any) -> TrainingRequested:
    return TrainingRequested.from_dict(s)


def training_requested_to_dict(x: TrainingRequested) -> Any:
    return to_class(TrainingRequested, x)
