package io.deformux.network.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A dense convolution with its weights, the same along all three axes, zeros around the map: {@code y[o] = bias[o] + sum
 * over taps and channels of weight * x}, each sum in float and in one fixed order. With k = 1 it is a matrix per voxel.
 * Needs no copy of the map, only a few rows of it per thread. Holds no state of a call.
 */
public final class ConvolutionPass {
    /** Voxels that meet the weights together, about: enough of them to pay for reading weights that no cache holds. */
    private static final int BAND = 256;

    private final Kernels kernels;
    private final ConvolutionShape shape;
    private final List<Panel> panels;

    /**
     * A convolution.
     *
     * @param weight (outputs, inputs, k, k, k)
     * @param bias (outputs), or empty for none
     * @param stride in voxels
     * @param padding in voxels, less than k
     */
    public ConvolutionPass(
            Kernels kernels, float[] weight, float[] bias, int outputs, int inputs, int k, int stride, int padding) {
        this.kernels = kernels;
        this.shape = new ConvolutionShape(outputs, inputs, k, stride, padding);
        if (weight.length != shape.terms() * outputs || bias.length != 0 && bias.length != outputs) {
            throw new IllegalArgumentException(
                    weight.length + " weights and " + bias.length + " biases for a convolution " + shape);
        }
        int lanes = kernels.convolution().lanes();
        List<Integer> firsts = new ArrayList<>();
        for (int first = 0; first < outputs; first += channels(outputs - first, lanes)) {
            firsts.add(first);
        }
        // In parallel because the weights of a large network take a while to lay out.
        this.panels = firsts.parallelStream()
                .map(first -> new Panel(shape, weight, bias, first, channels(outputs - first, lanes), lanes))
                .collect(Collectors.toUnmodifiableList());
    }

    /** How many of the channels that are left go into the next panel. */
    private static int channels(int left, int lanes) {
        int rest = left % lanes;
        int vectors = left / lanes + (rest > lanes / 2 ? 1 : 0);
        if (vectors == 0) {
            return rest;
        }
        // 2 + 2 is faster than 3 + 1.
        int together = vectors == 4 ? 2 : Math.min(vectors, ConvolutionKernel.WIDEST);
        return Math.min(left, together * lanes);
    }

    /** How many voxels come out along an axis of so many. */
    public int voxels(int in) {
        return shape.size(in);
    }

    /** Channels out. */
    public int outputs() {
        return shape.outputs();
    }

    /**
     * Convolves a map.
     *
     * @param x (d, h, w, inputs)
     * @param y (d', h', w', outputs) with {@code d' = (d + 2 padding - k) / stride + 1} and so on; takes the result; not
     *     {@code x}
     */
    public void apply(MapView x, MapView y) {
        check(x, y);
        int width = largest(panel -> panel.padded(y.w()));
        List<ConvolutionBlock> blocks = ConvolutionBlock.cut(shape, y, width, panels.size(), largest(Panel::outputs));
        Queue<Scratch> free = new ConcurrentLinkedQueue<>();
        blocks.parallelStream().forEach(block -> {
            Scratch scratch = free.poll();
            if (scratch == null) {
                // The first block is the largest.
                scratch = new Scratch(x, y, blocks.get(0), width);
            }
            scratch.run(block);
            free.add(scratch);
        });
    }

    private int largest(ToIntFunction<Panel> size) {
        return panels.stream().mapToInt(size).max().orElseThrow();
    }

    private void check(MapView x, MapView y) {
        if (x.c() != shape.inputs()
                || y.c() != shape.outputs()
                || y.d() != shape.size(x.d())
                || y.h() != shape.size(x.h())
                || y.w() != shape.size(x.w())) {
            throw new IllegalArgumentException("maps " + x + " and " + y + " for a convolution " + shape);
        }
    }

    /** The memory of one thread. */
    private final class Scratch {
        private final MapView y;
        private final MapView x;
        private final MapRows in;
        private final MapRows out;
        private final Slab slab;
        private final int rows;
        private final float[] sums;
        private final float[] result;

        Scratch(MapView x, MapView y, ConvolutionBlock largest, int width) {
            this.x = x;
            this.y = y;
            this.in = x.rows(kernels.rows());
            this.out = y.rows(kernels.rows());
            this.slab = new Slab(shape, largest.planes(), largest.lines(), width, x);
            this.rows = Math.min(largest.rows(), 2 * ((BAND / 2 + y.w() - 1) / y.w()));
            this.sums = new float[largest(panel -> panel.sums(rows, y.w()))];
            int channels = largest.panels() * largest(Panel::outputs);
            this.result = new float[largest(panel -> panel.result(rows, y.w(), channels))];
        }

        void run(ConvolutionBlock block) {
            slab.fill(x, in, block);
            List<Panel> mine = panels.subList(block.panel(), block.panel() + block.panels());
            int first = mine.get(0).first();
            int channels = mine.stream().mapToInt(Panel::outputs).sum();
            for (int r = 0; r < block.rows(); r += rows) {
                int n = Math.min(rows, block.rows() - r);
                Band band = new Band(block.lines(), r, n, y.w());
                for (Panel panel : mine) {
                    panel.convolve(kernels.convolution(), slab, band, sums, result, panel.first() - first, channels);
                }
                for (int i = 0; i < n; i++) {
                    write(block, r + i, i * y.w() * channels, first, channels);
                }
            }
        }

        private void write(ConvolutionBlock block, int r, int at, int first, int channels) {
            int d = block.d() + r / block.lines();
            int h = block.h() + r % block.lines();
            int to = (d * y.h() + h) * y.w() * y.c() + first;
            int together = channels == y.c() ? y.w() : 1;
            for (int w = 0; w < y.w(); w += together) {
                out.write(to + w * y.c(), result, at + w * channels, together * channels);
            }
        }
    }
}
