// What a DeformUX-Net computes between its convolutions, for a GPU. Compiled when a network is loaded, without any header, once for
// each number of channels:
//   CHANNELS  of the map, a multiple of what fills 16 bytes
//   BITS      16: maps of bfloat16; 32: maps of float. Everything is computed in float.
// Maps lie channels last without gaps, (N, D, H, W, C). A thread of a kernel over a map owns the channels of 16 bytes of one voxel.

#if BITS == 16
typedef unsigned short element;
#else
typedef float element;
#endif

#define WIDTH (16 / (BITS / 8))
#define LANES (CHANNELS / WIDTH)
#define TAPS 27
#define WARP 32

struct __align__(16) Bytes16 {
    element e[WIDTH];
};

__device__ __forceinline__ float value_of(element e) {
#if BITS == 16
    return __uint_as_float((unsigned int)e << 16);
#else
    return e;
#endif
}

// To the nearest, ties to even; what is no number stays so.
__device__ __forceinline__ element element_of(float f) {
#if BITS == 16
    unsigned int bits = __float_as_uint(f);
    return f == f ? (element)((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16) : (element)0x7fc0u;
#else
    return f;
#endif
}

// Where one axis of a position lies: two neighbours inside the map and how much each counts. One outside counts nothing, and stands
// for one inside, so that reading needs no question.
struct Cell {
    int at[2];
    float share[2];
};

__device__ __forceinline__ Cell cell_of(float p, int size) {
    int low = (int)floorf(p);
    float upper = p - floorf(p);
    Cell cell;
    cell.at[0] = low < 0 ? 0 : low;
    cell.at[1] = low + 1 < size ? low + 1 : size - 1;
    cell.share[0] = low < 0 ? 0.0f : 1.0f - upper;
    cell.share[1] = low + 1 < size ? upper : 0.0f;
    return cell;
}

// Fails for what is no number, too.
__device__ __forceinline__ bool inside(float p, int size) {
    return p > -1.0f && p < (float)size;
}

// The depthwise 3x3x3 deformable convolution: x (n, d, h, w, C); offset (n, d, h, w, 81), channel 3 * tap + axis; weight (27, C);
// bias (C). A thread for each 16 bytes of y.
extern "C" __global__ void deform(const element* __restrict__ x, const element* __restrict__ offset,
        const float* __restrict__ weight, const float* __restrict__ bias, element* __restrict__ y, int n, int d, int h, int w) {
    long long thread = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    long long voxel = thread / LANES;
    int c = (int)(thread - voxel * LANES) * WIDTH;
    long long volume = (long long)d * h * w;
    if (voxel >= n * volume) {
        return;
    }
    long long place = voxel % volume;
    int k = (int)(place % w);
    int j = (int)(place / w % h);
    int i = (int)(place / w / h);
    const element* map = x + (voxel - place) * CHANNELS + c;
    const element* moved = offset + voxel * (3 * TAPS);

    float sum[WIDTH];
    for (int e = 0; e < WIDTH; e++) {
        sum[e] = bias[c + e];
    }
    for (int tap = 0; tap < TAPS; tap++) {
        float pd = (float)(i + tap / 9 - 1) + value_of(moved[3 * tap]);
        float ph = (float)(j + tap / 3 % 3 - 1) + value_of(moved[3 * tap + 1]);
        float pw = (float)(k + tap % 3 - 1) + value_of(moved[3 * tap + 2]);
        if (!inside(pd, d) || !inside(ph, h) || !inside(pw, w)) {
            continue;
        }
        Cell cd = cell_of(pd, d);
        Cell ch = cell_of(ph, h);
        Cell cw = cell_of(pw, w);
        float sample[WIDTH];
        for (int e = 0; e < WIDTH; e++) {
            sample[e] = 0.0f;
        }
#pragma unroll
        for (int corner = 0; corner < 8; corner++) {
            int a = corner >> 2;
            int b = corner >> 1 & 1;
            int g = corner & 1;
            float share = cd.share[a] * ch.share[b] * cw.share[g];
            long long row = ((long long)cd.at[a] * h + ch.at[b]) * w + cw.at[g];
            Bytes16 read = *(const Bytes16*)(map + row * CHANNELS);
#pragma unroll
            for (int e = 0; e < WIDTH; e++) {
                sample[e] += share * value_of(read.e[e]);
            }
        }
#pragma unroll
        for (int e = 0; e < WIDTH; e++) {
            sum[e] += weight[tap * CHANNELS + c + e] * sample[e];
        }
    }
    Bytes16 out;
#pragma unroll
    for (int e = 0; e < WIDTH; e++) {
        out.e[e] = element_of(sum[e]);
    }
    *(Bytes16*)(y + voxel * CHANNELS + c) = out;
}

// The first of two steps to mean and variance by sample and channel: sums over some voxels of x (n, voxels, C), of how far values are
// from the sample's first voxel and of its square, since sums of the values themselves would lose digits. parts (n, blocks, 2, C).
// Blocks (blocks, n) of LANES * ROWS threads.
#define ROWS (LANES >= 256 ? 1 : 256 / LANES)

extern "C" __global__ void moments(const element* __restrict__ x, float* __restrict__ parts, int voxels) {
    __shared__ float sums[ROWS][2][CHANNELS];
    int lane = (int)threadIdx.x % LANES;
    int row = (int)threadIdx.x / LANES;
    int c = lane * WIDTH;
    const element* map = x + (long long)blockIdx.y * voxels * CHANNELS + c;
    Bytes16 first = *(const Bytes16*)map;
    float sum[WIDTH];
    float square[WIDTH];
    for (int e = 0; e < WIDTH; e++) {
        sum[e] = 0.0f;
        square[e] = 0.0f;
    }
    for (int v = (int)blockIdx.x * ROWS + row; v < voxels; v += (int)gridDim.x * ROWS) {
        Bytes16 read = *(const Bytes16*)(map + (long long)v * CHANNELS);
#pragma unroll
        for (int e = 0; e < WIDTH; e++) {
            float far = value_of(read.e[e]) - value_of(first.e[e]);
            sum[e] += far;
            square[e] += far * far;
        }
    }
    for (int e = 0; e < WIDTH; e++) {
        sums[row][0][c + e] = sum[e];
        sums[row][1][c + e] = square[e];
    }
    __syncthreads();
    float* part = parts + ((long long)blockIdx.y * gridDim.x + blockIdx.x) * 2 * CHANNELS;
    for (int at = (int)threadIdx.x; at < 2 * CHANNELS; at += (int)blockDim.x) {
        float total = 0.0f;
        for (int r = 0; r < ROWS; r++) {
            total += sums[r][at / CHANNELS][at % CHANNELS];
        }
        part[at] = total;
    }
}

// The second step: the norm as factor and summand, affine (n, 2, C). A thread for each channel of each sample, blocks (., n).
extern "C" __global__ void affine(const element* __restrict__ x, const float* __restrict__ parts, float* __restrict__ affine,
        int voxels, int blocks, float epsilon) {
    int c = (int)(blockIdx.x * blockDim.x + threadIdx.x);
    if (c >= CHANNELS) {
        return;
    }
    const float* mine = parts + (long long)blockIdx.y * blocks * 2 * CHANNELS + c;
    float sum = 0.0f;
    float square = 0.0f;
    for (int b = 0; b < blocks; b++) {
        sum += mine[2 * b * CHANNELS];
        square += mine[(2 * b + 1) * CHANNELS];
    }
    float far = sum / (float)voxels;
    float variance = square / (float)voxels - far * far;
    float factor = rsqrtf((variance > 0.0f ? variance : 0.0f) + epsilon);
    float* out = affine + (long long)blockIdx.y * 2 * CHANNELS + c;
    out[0] = factor;
    out[CHANNELS] = -factor * (value_of(x[(long long)blockIdx.y * voxels * CHANNELS + c]) + far);
}

// y = leaky(x normed + other), other as it is, normed too, or nothing: other and its affine may be 0. y may be x. A thread for each 16
// bytes of y (n, voxels, C).
extern "C" __global__ void activate(const element* x, const float* __restrict__ affine, const element* other,
        const float* __restrict__ other_affine, element* y, int n, int voxels, float slope) {
    long long thread = (long long)blockIdx.x * blockDim.x + threadIdx.x;
    long long voxel = thread / LANES;
    int c = (int)(thread - voxel * LANES) * WIDTH;
    if (voxel >= (long long)n * voxels) {
        return;
    }
    long long sample = voxel / voxels * 2 * CHANNELS + c;
    Bytes16 mine = *(const Bytes16*)(x + voxel * CHANNELS + c);
    Bytes16 theirs = other ? *(const Bytes16*)(other + voxel * CHANNELS + c) : mine;
    Bytes16 out;
#pragma unroll
    for (int e = 0; e < WIDTH; e++) {
        float v = value_of(mine.e[e]) * affine[sample + e] + affine[sample + CHANNELS + e];
        if (other_affine) {
            v += value_of(theirs.e[e]) * other_affine[sample + e] + other_affine[sample + CHANNELS + e];
        } else if (other) {
            v += value_of(theirs.e[e]);
        }
        out.e[e] = element_of(v > 0.0f ? v : slope * v);
    }
    *(Bytes16*)(y + voxel * CHANNELS + c) = out;
}

__device__ __forceinline__ float sum_of_warp(float v) {
    for (int k = WARP / 2; k > 0; k /= 2) {
        v += __shfl_xor_sync(0xffffffffu, v, k);
    }
    return v;
}

// The end of a block: y brought to mean 0 and variance 1 over its channels, then x + shift + the sum over m of out * gelu(y * in +
// bias), each with a value for every channel and m: the norm's own factors and gamma are multiplied into them. table (13, C) holds
// four rows of in, of bias and of out, and shift. A warp for each voxel of y (voxels, C); result may be y.
extern "C" __global__ void block_end(const element* y, const element* __restrict__ x, const float* __restrict__ table,
        element* result, long long voxels) {
    long long voxel = ((long long)blockIdx.x * blockDim.x + threadIdx.x) / WARP;
    int lane = (int)threadIdx.x % WARP;
    if (voxel >= voxels) {
        return;
    }
    const element* mine = y + voxel * CHANNELS;
    float sum = 0.0f;
    for (int c = lane; c < CHANNELS; c += WARP) {
        sum += value_of(mine[c]);
    }
    float mean = sum_of_warp(sum) / CHANNELS;
    float square = 0.0f;
    for (int c = lane; c < CHANNELS; c += WARP) {
        float far = value_of(mine[c]) - mean;
        square += far * far;
    }
    float factor = rsqrtf(sum_of_warp(square) / CHANNELS + 1e-6f);
    for (int c = lane; c < CHANNELS; c += WARP) {
        float z = (value_of(mine[c]) - mean) * factor;
        float total = table[12 * CHANNELS + c];
        for (int m = 0; m < 4; m++) {
            float u = z * table[m * CHANNELS + c] + table[(4 + m) * CHANNELS + c];
            total += 0.5f * u * (1.0f + erff(0.70710678f * u)) * table[(8 + m) * CHANNELS + c];
        }
        result[voxel * CHANNELS + c] = element_of(value_of(x[voxel * CHANNELS + c]) + total);
    }
}
