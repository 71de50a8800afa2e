// Runs the text of kernels.cu on a CPU, one thread after the other: each is a fiber that gives way where a block waits for all of its
// threads, so that the others reach that place too. Compiled with -DKERNELS="..." beside the macros of the text.
#include <cmath>
#include <cstdint>
#include <csetjmp>
#include <cstring>
#include <ucontext.h>
#include <utility>
#include <vector>

struct Dim {
    unsigned x, y, z;
};

static Dim blockIdx, blockDim, gridDim, threadIdx;

#define __global__
#define __device__
#define __forceinline__ inline
#define __restrict__
#define __align__(n) alignas(n)
#define __shared__ static

static float __uint_as_float(unsigned bits) {
    float f;
    std::memcpy(&f, &bits, sizeof f);
    return f;
}

static unsigned __float_as_uint(float f) {
    unsigned bits;
    std::memcpy(&bits, &f, sizeof bits);
    return bits;
}

static float rsqrtf(float f) {
    return 1.0f / std::sqrt(f);
}

// A context is only needed to begin on a stack of its own; from then on jumps do, which are much faster.
struct Fiber {
    ucontext_t start;
    jmp_buf at;
    std::vector<char> stack;
    bool started;
    bool done;
};

static const int MOST_THREADS = 1024;
static Fiber fibers[MOST_THREADS];
static jmp_buf scheduler;
static float shuffled[MOST_THREADS];

static void __syncthreads() {
    if (_setjmp(fibers[threadIdx.x].at) == 0) {
        _longjmp(scheduler, 1);
    }
}

static float __shfl_xor_sync(unsigned, float value, int lane) {
    unsigned own = threadIdx.x;
    shuffled[own] = value;
    __syncthreads();
    float other = shuffled[own ^ lane];
    __syncthreads();
    return other;
}

#include KERNELS

static void (*body)(void*);
static void* data;

static void run_fiber() {
    body(data);
    fibers[threadIdx.x].done = true;
    _longjmp(scheduler, 1);
}

static void resume(Fiber& fiber) {
    if (_setjmp(scheduler) == 0) {
        if (fiber.started) {
            _longjmp(fiber.at, 1);
        }
        fiber.started = true;
        setcontext(&fiber.start);
    }
}

// All threads of a block in turns until every one has ended.
static void run_block() {
    for (unsigned t = 0; t < blockDim.x; t++) {
        Fiber& fiber = fibers[t];
        fiber.stack.resize(1 << 16);
        fiber.started = false;
        fiber.done = false;
        getcontext(&fiber.start);
        fiber.start.uc_stack.ss_sp = fiber.stack.data();
        fiber.start.uc_stack.ss_size = fiber.stack.size();
        fiber.start.uc_link = nullptr;
        makecontext(&fiber.start, run_fiber, 0);
    }
    bool left = true;
    while (left) {
        left = false;
        for (unsigned t = 0; t < blockDim.x; t++) {
            if (!fibers[t].done) {
                threadIdx.x = t;
                resume(fibers[t]);
                left = left || !fibers[t].done;
            }
        }
    }
}

template <class... A>
struct Call {
    void (*kernel)(A...);
    void** arguments;

    template <std::size_t... I>
    void with(std::index_sequence<I...>) {
        kernel(*static_cast<A*>(arguments[I])...);
    }

    static void run(void* call) {
        static_cast<Call*>(call)->with(std::index_sequence_for<A...>());
    }
};

template <class... A>
static void launch(void (*kernel)(A...), bool waits, void** arguments) {
    Call<A...> call = {kernel, arguments};
    body = &call.run;
    data = &call;
    for (blockIdx.y = 0; blockIdx.y < gridDim.y; blockIdx.y++) {
        for (blockIdx.x = 0; blockIdx.x < gridDim.x; blockIdx.x++) {
            if (waits) {
                run_block();
            } else {
                for (threadIdx.x = 0; threadIdx.x < blockDim.x; threadIdx.x++) {
                    body(data);
                }
            }
        }
    }
}

extern "C" __attribute__((visibility("default"))) int host_launch(const char* name, int blocks, int rows, int threads, void** arguments) {
    gridDim = {(unsigned)blocks, (unsigned)rows, 1};
    blockDim = {(unsigned)threads, 1, 1};
    if (threads > MOST_THREADS) {
        return 2;
    }
    if (!std::strcmp(name, "deform")) {
        launch(deform, false, arguments);
    } else if (!std::strcmp(name, "moments")) {
        launch(moments, true, arguments);
    } else if (!std::strcmp(name, "affine")) {
        launch(affine, false, arguments);
    } else if (!std::strcmp(name, "activate")) {
        launch(activate, false, arguments);
    } else if (!std::strcmp(name, "block_end")) {
        launch(block_end, true, arguments);
    } else {
        return 1;
    }
    return 0;
}
