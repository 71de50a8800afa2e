package io.deformux.standalone.check;

import ai.djl.Device;
import io.deformux.failure.JobException;
import io.deformux.network.Arithmetic;
import io.deformux.network.PrecisionChoice;
import io.deformux.network.ProvenNetwork;
import io.deformux.network.Ways;
import io.deformux.network.library.LibraryChoice;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.torchscript.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What libtorch says of itself, and a proof of every way to compute, with a small network. */
public final class ProvenProbe implements ArithmeticProbe {
    private static final long SEED = 1;

    private final TorchProbe torch;
    private final Device device;

    /**
     * A probe of one device.
     *
     * @param torch says what there is
     */
    public ProvenProbe(TorchProbe torch, Device device) {
        this.torch = torch;
        this.device = device;
    }

    @Override
    public ArithmeticSurvey probe() {
        ArithmeticSurvey survey = torch.probe();
        LibraryChoice library = TorchEngine.library();
        Ways ways = PrecisionChoice.AUTO.on(device);
        List<PrecisionProof> proofs = new ArrayList<>();
        ways.refused().forEach((way, why) -> proofs.add(new PrecisionProof(way.label(), false, Double.NaN, why)));
        ways.allowed().forEach(way -> proofs.add(proof(way)));
        List<PrecisionProof> trials = new ArrayList<>();
        library.verdicts().forEach((kind, verdict) -> {
            if (verdict.conclusive()) {
                trials.add(new PrecisionProof(
                        "PyTorch's " + kind.label(),
                        verdict.passed(),
                        verdict.worst().orElse(Double.NaN),
                        verdict.detail()));
            }
        });
        return new ArithmeticSurvey(
                survey.libtorch(),
                survey.library(),
                library.repaired(),
                library.notRepaired(),
                survey.devices(),
                survey.driver(),
                proofs,
                trials);
    }

    private PrecisionProof proof(Arithmetic way) {
        try (ProvenNetwork network = ProvenNetwork.small(device, new Ways(List.of(way), Map.of()), SEED)) {
            ProofReport report = network.proof();
            return new PrecisionProof(
                    way.label(), true, report.worst(), report.layers() + " layers of a small network");
        } catch (JobException e) {
            return new PrecisionProof(way.label(), false, Double.NaN, e.getMessage());
        }
    }
}
