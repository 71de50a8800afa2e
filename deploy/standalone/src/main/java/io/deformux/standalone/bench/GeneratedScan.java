package io.deformux.standalone.bench;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.stream.IntStream;

/** A large scan without a file: an elliptic body with a texture, in air. The same on every machine. */
final class GeneratedScan {
    private static final float AIR = -1000;

    private GeneratedScan() {}

    /** 512 x 512 x {@code slices} voxels of 0.78 x 0.78 x 1 mm, in HU. */
    static Volume of(int slices) {
        Shape3 shape = new Shape3(512, 512, slices);
        float[] voxels = new float[shape.length()];
        IntStream.range(0, shape.d()).parallel().forEach(i -> {
            for (int j = 0; j < shape.h(); j++) {
                double x = (i - 255.5) / 230;
                double y = (j - 255.5) / 170;
                boolean body = x * x + y * y < 1;
                for (int k = 0; k < shape.w(); k++) {
                    voxels[shape.index(i, j, k)] = body ? texture(i, j, k) : AIR;
                }
            }
        });
        Affine affine = Affine.of(-0.78, 0, 0, 200, 0, -0.78, 0, 200, 0, 0, 1, -100);
        return new Volume(new Geometry(shape, affine), voxels);
    }

    private static float texture(int i, int j, int k) {
        int block = (i / 40 * 31 + j / 40) * 31 + k / 25;
        int noise = (i * 73 + j * 151 + k * 199) % 41 - 20;
        return block * 7919 % 240 - 80 + noise;
    }
}
