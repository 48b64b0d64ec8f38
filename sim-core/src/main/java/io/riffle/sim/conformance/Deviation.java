package io.riffle.sim.conformance;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where Riffle differs from recorded cases on purpose: which cases, why, and what of them still has to hold. There is no
 * other place for exceptions, and what is not excepted here has to hold in every case. A case that is not among those
 * listed here names its deviations itself, in {@code deviations}.
 */
public enum Deviation {
    OWN_STATE_IN_A_BATCH(
            "every element of a batch continues its own state, not that of element 0;"
                    + " the first call and element 0 hold",
            "alif_chunks",
            "boolstate_chunks",
            "expsyn_chunks",
            "ffwd_lif_rec_chunks",
            "lif_chunks_batch",
            "lifneuron_chunks",
            "rate_tanh_rec_chunks",
            "seq_chunks") {
        @Override
        boolean holds(int element, int step, int firstCall) {
            return element == 0 || step < firstCall;
        }
    },
    ONE_DIMENSION_IS_TIME(
            "an input (T,) is one stream of T steps, not T streams of one step; given as (T, 1, 1) all holds",
            "lif_1d_input_torch__torch",
            "rate_1d_input_torch__torch"),
    BATCH_AXIS_ALWAYS(
            "the output and the records always have a batch axis, also for an input (T, N); all values hold",
            "butter",
            "butter_nolowpass",
            "butter_norm_mean",
            "butter_order3",
            "buttermel",
            "buttermel_8_nolp",
            "buttermel_norm",
            "expsmooth__jax",
            "linear_2d_numpy__numpy",
            "residual_2d__numpy"),
    TIME_AFTER_BATCH(
            "LowPass takes and gives (B, T, N) like every module, not (T, B, N), and knows its shape;"
                    + " the shape and the printed form are not compared, all values hold",
            "lowpass",
            "lowpass_scalar_chunks") {
        @Override
        boolean shapeHolds() {
            return false;
        }
    },
    SOFTMAX_PER_STEP(
            "Softmax and LogSoftmax run over the channels of each step, not over batch and time too;"
                    + " the output is not compared, state and parameters hold",
            "softmax",
            "softmax_batch_nobias",
            "logsoftmax") {
        @Override
        boolean holds(int element, int step, int firstCall) {
            return false;
        }
    },
    TAU_AS_GIVEN(
            "tau is never raised to 10 dt; output, record and state are not compared (the Torch recording holds)",
            "rate_small_tau__numpy") {
        @Override
        boolean holds(int element, int step, int firstCall) {
            return false;
        }

        @Override
        boolean stateHolds() {
            return false;
        }
    },
    RECURSION_WITHOUT_END(
            "ExpSyn is a recursion, not a convolution that forgets after 10 tau; all holds within 1.2e-4",
            "expsyn_truncation__numpy") {
        @Override
        double tolerance(double usual) {
            return 1.2e-4;
        }
    },
    REFERENCE_LEVEL_IS_STATE(
            "the reference level of UpDown is a state, so there are states that the recording lacks",
            "updown",
            "updown_batch_repeat",
            "updown_refractory",
            "updown_vector_bug",
            "updown_chunks",
            "seq_mixed_updown") {
        @Override
        boolean moreStates() {
            return true;
        }
    },
    FILTERS_ARE_STATE(
            "the filters of a filter bank are states, so there are states that the recording lacks",
            "butter",
            "butter_nolowpass",
            "butter_norm_mean",
            "butter_order3",
            "buttermel",
            "buttermel_8_nolp",
            "buttermel_norm") {
        @Override
        boolean moreStates() {
            return true;
        }
    },
    STATE_CARRIES_OVER(
            "the state is kept from call to call, the reference keeps none; the output and the records of the first call hold",
            "updown_chunks",
            "notebook_ffwd_net__jax",
            "notebook_ffwd_net_chunks__jax") {
        @Override
        boolean holds(int element, int step, int firstCall) {
            return step < firstCall;
        }

        @Override
        boolean stateHolds() {
            return false;
        }
    },
    THRESHOLD_PER_CHANNEL(
            "thr_down is honoured per channel, not replaced by thr_up; output, record and thr_down are not compared",
            "updown_vector_bug") {
        @Override
        boolean holds(int element, int step, int firstCall) {
            return false;
        }

        @Override
        boolean recordHolds(String path) {
            return true;
        }

        boolean parameterHolds(String path) {
            return !path.equals("thr_down");
        }
    },
    ROUNDED_ONCE(
            "time constants that a module works out are computed in double and rounded once;"
                    + " they hold but for the last bit, all else holds",
            "lifbitshift_ff",
            "lifbitshift_rec_two_syn",
            "lifbitshift_short_tau",
            "synnet",
            "synnet_chunks",
            "synnet_dropout_eval",
            "synnet_two_layers",
            "synnet_vmem") {
        @Override
        int unitsInTheLastPlace() {
            return 1;
        }
    },
    OUTPUTS_OF_THEMSELVES(
            "the record of a module's output holds that output, not the network's (SynNet) or that of the layer before"
                    + " (WaveSense); these records are not compared",
            "synnet",
            "synnet_chunks",
            "synnet_dropout_eval",
            "synnet_trainable",
            "synnet_two_layers",
            "synnet_vmem",
            "wavesense",
            "wavesense_chunks",
            "wavesense_k3_batch") {
        @Override
        boolean recordHolds(String path) {
            return !path.matches("[^.]*(linear|neurons|dropout)_output|wave\\d+\\.spk1_output");
        }
    },
    FAMILIES_SURVIVE_A_RESET(
            "parameters keep their families when they are reset; the families are not compared",
            "lif_reset_parameters__torch") {
        @Override
        boolean familiesHold() {
            return false;
        }
    };

    private final String reason;
    private final List<String> cases;

    /** @param cases each {@code NAME__BACKEND}, or {@code NAME} for all back ends */
    Deviation(String reason, String... cases) {
        this.reason = reason;
        this.cases = List.of(cases);
    }

    /** Those that concern a case, by its name without and with the back end. */
    static Set<Deviation> of(String name, String backend) {
        Set<Deviation> found = EnumSet.noneOf(Deviation.class);
        Arrays.stream(values())
                .filter(deviation -> deviation.cases.contains(name) || deviation.cases.contains(name + "__" + backend))
                .forEach(found::add);
        return found;
    }

    static Deviation named(String name) {
        List<String> known = Arrays.stream(values()).map(Deviation::name).toList();
        if (!known.contains(name)) {
            throw new RiffleException("it names the deviation '%s'%s".formatted(name, Names.hint(name, known)));
        }
        return valueOf(name);
    }

    public String reason() {
        return reason;
    }

    public List<String> cases() {
        return cases;
    }

    /** Whether output and records hold at this step of this element of the batch. */
    boolean holds(int element, int step, int firstCall) {
        return true;
    }

    /** Whether shape, sizes and printed form hold. */
    boolean shapeHolds() {
        return true;
    }

    boolean stateHolds() {
        return true;
    }

    boolean moreStates() {
        return false;
    }

    boolean recordHolds(String path) {
        return true;
    }

    boolean parameterHolds(String path) {
        return true;
    }

    boolean familiesHold() {
        return true;
    }

    /** By how many units in the last place parameters may differ. */
    int unitsInTheLastPlace() {
        return 0;
    }

    double tolerance(double usual) {
        return usual;
    }
}
