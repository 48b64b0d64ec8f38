// What this processor can do: the network of `riffle bench` by hand, on one core, with nothing between its layers.
//
//     yardstick FILE STEPS SECONDS
//
// reads the weights and the input from FILE (floats of this machine: decay, w_in, w_rec, w_out, input), evolves one stream in
// chunks of STEPS for so many SECONDS of CPU time, and prints steps per second and the share of hidden neurons that fire in a
// step. It may use fused multiply-add, which Riffle may not: it is a limit, not a reference for bits.
//
// Compiled with -DSIMPLE it lists the neurons that fired one by one, as one would write it at first; the processor then guesses
// wrong at many of these branches. Without, registers are compacted and written whole, and there is nothing to guess.
#include <immintrin.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { INPUTS = 16, HIDDEN = 128, OUTPUTS = 8, INPUT_STEPS = 1000, REGISTERS = 8 };

#if defined(__AVX512F__)
enum { LANES = 16 };
typedef __m512 lanes;
static inline lanes load(const float *from) { return _mm512_loadu_ps(from); }
static inline void store(float *to, lanes values) { _mm512_storeu_ps(to, values); }
static inline lanes all(float value) { return _mm512_set1_ps(value); }
static inline lanes times(lanes a, lanes b) { return _mm512_mul_ps(a, b); }
static inline lanes times_plus(lanes a, lanes b, lanes c) { return _mm512_fmadd_ps(a, b, c); }
static inline unsigned at_least_one(lanes v) { return _mm512_cmp_ps_mask(v, _mm512_set1_ps(1), _CMP_GE_OQ); }
static inline lanes whole_part(lanes v, unsigned where)
{
    return _mm512_maskz_roundscale_ps((__mmask16)where, v, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
static inline lanes minus(lanes a, lanes b) { return _mm512_sub_ps(a, b); }
static inline void prepare(void) {}
static inline __attribute__((unused)) void append(lanes counts, unsigned where, int first, int *from, float *value)
{
    __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m512i neuron = _mm512_add_epi32(lane, _mm512_set1_epi32(first));
    _mm512_storeu_si512(from, _mm512_maskz_compress_epi32((__mmask16)where, neuron));
    _mm512_storeu_ps(value, _mm512_maskz_compress_ps((__mmask16)where, counts));
}
#elif defined(__AVX2__) && defined(__FMA__)
enum { LANES = 8 };
typedef __m256 lanes;
static inline lanes load(const float *from) { return _mm256_loadu_ps(from); }
static inline void store(float *to, lanes values) { _mm256_storeu_ps(to, values); }
static inline lanes all(float value) { return _mm256_set1_ps(value); }
static inline lanes times(lanes a, lanes b) { return _mm256_mul_ps(a, b); }
static inline lanes times_plus(lanes a, lanes b, lanes c) { return _mm256_fmadd_ps(a, b, c); }
static inline unsigned at_least_one(lanes v)
{
    return (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(v, _mm256_set1_ps(1), _CMP_GE_OQ));
}
static inline lanes whole_part(lanes v, unsigned where)
{
    (void)where;
    return _mm256_and_ps(_mm256_floor_ps(v), _mm256_cmp_ps(v, _mm256_set1_ps(1), _CMP_GE_OQ));
}
static inline lanes minus(lanes a, lanes b) { return _mm256_sub_ps(a, b); }
// Which lanes a mask leaves, those first.
static int left[256][8] __attribute__((aligned(32)));
static inline void prepare(void)
{
    for (int mask = 0; mask < 256; mask++)
        for (int lane = 0, next = 0; lane < 8; lane++)
            if (mask >> lane & 1)
                left[mask][next++] = lane;
}
static inline __attribute__((unused)) void append(lanes counts, unsigned where, int first, int *from, float *value)
{
    __m256i lane = _mm256_load_si256((const __m256i *)left[where]);
    _mm256_storeu_si256((__m256i *)from, _mm256_add_epi32(lane, _mm256_set1_epi32(first)));
    _mm256_storeu_ps(value, _mm256_permutevar8x32_ps(counts, lane));
}
#else
#error this processor has neither AVX-512 nor AVX2 with FMA
#endif

// So many neurons have their currents in registers at a time: all of them with AVX-512, half of them with AVX2.
enum { GROUP = REGISTERS * LANES };

struct network {
    float decay;
    float w_in[INPUTS][HIDDEN];
    float w_rec[HIDDEN][HIDDEN];
    float w_out[HIDDEN][OUTPUTS];
    float input[INPUT_STEPS][INPUTS];
};

// Those that are not silent, and what they send. There is room for a register more, because whole ones are written.
struct events {
    int count;
    int from[HIDDEN + LANES];
    float value[HIDDEN + LANES];
};

struct stream {
    float isyn[HIDDEN], vmem[HIDDEN];
    float isyn_out[OUTPUTS], vmem_out[OUTPUTS];
    struct events spikes[2]; // of the step before and of this one, in turn
};

static inline void add_rows(lanes *sums, const struct events *events, const float (*weights)[HIDDEN], int first)
{
    for (int e = 0; e < events->count; e++) {
        const float *row = weights[events->from[e]] + first;
        lanes value = all(events->value[e]);
        for (int r = 0; r < REGISTERS; r++)
            sums[r] = times_plus(value, load(row + r * LANES), sums[r]);
    }
}

#ifdef SIMPLE
static inline void list(lanes spikes, unsigned above, int first, struct events *fired)
{
    float counts[LANES];
    if (above)
        store(counts, spikes);
    for (; above; above &= above - 1) {
        int lane = __builtin_ctz(above);
        fired->from[fired->count] = first + lane;
        fired->value[fired->count++] = counts[lane];
    }
}
#else
static inline void list(lanes spikes, unsigned above, int first, struct events *fired)
{
    append(spikes, above, first, fired->from + fired->count, fired->value + fired->count);
    fired->count += __builtin_popcount(above);
}
#endif

// The currents of a group come in registers; its spikes are appended to the list.
static inline void integrate_and_fire(struct stream *s, lanes *currents, int first, lanes decay, struct events *fired)
{
    for (int r = 0; r < REGISTERS; r++) {
        int n = first + r * LANES;
        lanes isyn = times(currents[r], decay);
        store(s->isyn + n, isyn);
        lanes vmem = times_plus(load(s->vmem + n), decay, isyn);
        unsigned above = at_least_one(vmem);
        lanes spikes = whole_part(vmem, above);
        list(spikes, above, n, fired);
        vmem = minus(vmem, spikes);
        store(s->vmem + n, vmem);
    }
}

static inline void read_out(const struct network *net, struct stream *s, const struct events *fired, float *out)
{
    __m256 decay = _mm256_set1_ps(net->decay), one = _mm256_set1_ps(1);
    __m256 isyn = _mm256_loadu_ps(s->isyn_out);
    for (int e = 0; e < fired->count; e++) {
        __m256 row = _mm256_loadu_ps(net->w_out[fired->from[e]]);
        isyn = _mm256_fmadd_ps(_mm256_set1_ps(fired->value[e]), row, isyn);
    }
    isyn = _mm256_mul_ps(isyn, decay);
    __m256 vmem = _mm256_fmadd_ps(_mm256_loadu_ps(s->vmem_out), decay, isyn);
    __m256 spikes = _mm256_and_ps(_mm256_floor_ps(vmem), _mm256_cmp_ps(vmem, one, _CMP_GE_OQ));
    _mm256_storeu_ps(s->isyn_out, isyn);
    _mm256_storeu_ps(s->vmem_out, _mm256_sub_ps(vmem, spikes));
    _mm256_storeu_ps(out, spikes);
}

__attribute__((noinline)) static long evolve(
    const struct network *net, struct stream *s, const float (*input)[INPUTS], int steps, float (*out)[OUTPUTS])
{
    long fired_in_all = 0;
    lanes decay = all(net->decay);
    for (int t = 0; t < steps; t++) {
        const struct events *before = &s->spikes[t & 1];
        struct events *fired = &s->spikes[~t & 1];
        struct events in;
        in.count = fired->count = 0;
        for (int i = 0; i < INPUTS; i++)
            if (input[t][i] != 0) {
                in.from[in.count] = i;
                in.value[in.count++] = input[t][i];
            }
        for (int first = 0; first < HIDDEN; first += GROUP) {
            lanes currents[REGISTERS];
            for (int r = 0; r < REGISTERS; r++)
                currents[r] = load(s->isyn + first + r * LANES);
            add_rows(currents, &in, net->w_in, first);
            add_rows(currents, before, net->w_rec, first);
            integrate_and_fire(s, currents, first, decay, fired);
        }
        read_out(net, s, fired, out[t]);
        fired_in_all += fired->count;
    }
    if (steps & 1)
        s->spikes[0] = s->spikes[1];
    return fired_in_all;
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    static struct network net;
    static struct stream stream;
    static float out[INPUT_STEPS][OUTPUTS];
    int steps = count == 4 ? atoi(arguments[2]) : 0;
    double seconds = count == 4 ? atof(arguments[3]) : 0;
    FILE *file = count == 4 ? fopen(arguments[1], "rb") : NULL;
    if (!file || fread(&net, sizeof net, 1, file) != 1 || steps < 1 || INPUT_STEPS % steps || seconds <= 0) {
        fprintf(stderr, "yardstick: expected FILE STEPS SECONDS, STEPS a divisor of %d\n", INPUT_STEPS);
        return 2;
    }
    fclose(file);
    prepare();
    // twice: first until it is warm
    double begin = 0, end = 0;
    long done = 0, fired = 0;
    for (int round = 0; round < 2; round++) {
        begin = end = cpu_seconds();
        done = fired = 0;
        double until = begin + (round == 0 ? seconds / 4 : seconds);
        while (end < until) {
            for (int first = 0; first < INPUT_STEPS; first += steps)
                fired += evolve(&net, &stream, net.input + first, steps, out);
            done += INPUT_STEPS;
            end = cpu_seconds();
        }
    }
    printf("%.0f %.5f %d\n", done / (end - begin), (double)fired / done / HIDDEN, 32 * LANES);
    return 0;
}
