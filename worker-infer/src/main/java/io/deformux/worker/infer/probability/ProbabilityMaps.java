package io.deformux.worker.infer.probability;

import io.deformux.nifti.NiftiWriter;
import io.deformux.nifti.NiftiWriter.Fractions;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.transform.Corners;
import io.deformux.transform.CropBox;
import io.deformux.transform.Grids;
import io.deformux.transform.LabelRule;
import io.deformux.volume.Geometry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The maps of one job. First one thread gives all planes of the cropped image, then any number of threads write the maps. It
 * owns open files; close it.
 */
public final class ProbabilityMaps implements AutoCloseable {
    private final MapWish wish;
    private final Grids grids;
    private final CropBox box;
    private final LabelRule rule;
    private final Map<Integer, MapFile> classes = new TreeMap<>();
    private final Optional<MapFile> entropy;
    private final Optional<MapFile> disagreement;
    private final NiftiWriter writer = new NiftiWriter();

    ProbabilityMaps(MapWish wish, Path folder, Grids grids, CropBox box, LabelRule rule) {
        this.wish = wish;
        this.rule = rule;
        this.grids = grids;
        this.box = box;
        wish.classes().forEach(value -> classes.put(value, new MapFile(folder.resolve("class-" + value), area())));
        entropy = file(wish.entropy(), folder.resolve("entropy"));
        disagreement = file(wish.disagreement(), folder.resolve("disagreement"));
    }

    private Optional<MapFile> file(boolean wished, Path file) {
        return wished ? Optional.of(new MapFile(file, area())) : Optional.empty();
    }

    private int area() {
        return box.shape().h() * box.shape().w();
    }

    /**
     * Takes the next plane.
     *
     * @param probabilities (channels, h, w)
     * @param doubt of each voxel; of one network it has no disagreement, which then must not have been wished for
     */
    public void accept(float[] probabilities, DoubtPlane doubt) {
        classes.forEach((value, file) -> {
            List<Integer> channels = rule.channelsOf(value);
            if (channels.size() == 1) {
                file.append(probabilities, channels.get(0) * area());
            } else {
                file.append(largest(probabilities, channels), 0);
            }
        });
        entropy.ifPresent(file -> file.append(doubt.entropies(), 0));
        disagreement.ifPresent(file -> file.append(doubt.disagreements().orElseThrow(), 0));
    }

    /** Of several regions that are written as one label the likeliest; 0 of a label that no region is written as. */
    private float[] largest(float[] probabilities, List<Integer> channels) {
        float[] largest = new float[area()];
        for (int channel : channels) {
            for (int n = 0; n < largest.length; n++) {
                largest[n] = Math.max(largest[n], probabilities[channel * largest.length + n]);
            }
        }
        return largest;
    }

    /** The end of the planes. */
    public void complete() {
        classes.values().forEach(MapFile::complete);
        entropy.ifPresent(MapFile::complete);
        disagreement.ifPresent(MapFile::complete);
    }

    /** Writes the probabilities of a class that was wished for. */
    public void writeClass(int value, Path file) {
        write(classes.get(value), file);
    }

    /** Writes the entropy, which was wished for. */
    public void writeEntropy(Path file) {
        write(entropy.orElseThrow(), file);
    }

    /** Writes the disagreement, which was wished for. */
    public void writeDisagreement(Path file) {
        write(disagreement.orElseThrow(), file);
    }

    private void write(MapFile map, Path file) {
        boolean onScan = wish.grid() == ProbabilityGrid.SCAN;
        Geometry geometry = onScan ? grids.source() : grids.cropped(box);
        Fractions values = onScan ? interpolated(map) : stored(map);
        if (wish.type() == ProbabilityType.UINT8) {
            writer.writeIn8Bits(geometry, values, file);
        } else {
            writer.writeIn16Bits(geometry, values, file);
        }
    }

    private Fractions stored(MapFile map) {
        int width = box.shape().w();
        return (i, j, k) -> map.at(i, j * width + k);
    }

    /** As labels are brought back: trilinear, and 0 outside the cropped image. */
    private Fractions interpolated(MapFile map) {
        Corners corners = new Corners(grids, box);
        return (i, j, k) -> {
            int used = corners.around(i, j, k);
            float sum = 0;
            for (int n = 0; n < used; n++) {
                sum += corners.weight(n) * map.at(corners.plane(n), corners.voxel(n));
            }
            return Math.min(1, sum);
        };
    }

    @Override
    public void close() {
        classes.values().forEach(MapFile::close);
        entropy.ifPresent(MapFile::close);
        disagreement.ifPresent(MapFile::close);
    }
}
