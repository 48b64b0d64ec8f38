package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.ButterMelFilter;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    @Test
    void givesEachModuleOfASequentialAnOperator() {
        NetworkPlan plan = plan(TestingNetworks.recurrent());
        assertThat(plan.stageNames()).containsExactly("0_Linear", "1_LIF", "2_Linear", "3_LIF");
        assertThat(plan.channels()).isEqualTo(3);
        assertThat(plan.dt()).isEqualTo(0.001);
    }

    @Test
    void givesAnyOtherModuleOneOperator() {
        assertThat(plan(new Residual(new LIF(3))).stageNames()).containsExactly("Residual");
    }

    @Test
    void refusesAnUnknownRecordAndNamesTheNearest() {
        assertThatThrownBy(() ->
                        NetworkPlan.of(TestingNetworks.recurrent(), OptionalDouble.empty(), List.of("1_LIF.vmen"), 0))
                .hasMessage("Sequential records no '1_LIF.vmen', did you mean '1_LIF.vmem'?");
    }

    @Test
    void refusesANetworkThatNeedsItsWholeRecording() {
        ButterMelFilter normalised =
                new ButterMelFilter(Arguments.shape(1, 4).with("fs", 16000).with("normalize", true));
        assertThatThrownBy(() -> plan(normalised)).hasMessageContaining("ButterMelFilter cannot run on a stream: ");
    }

    @Test
    void refusesSeveralTimeSteps() {
        Sequential mixed =
                new Sequential(new LIF(3), new ExpSyn(Arguments.shape(3).with("dt", 0.01)));
        assertThatThrownBy(() -> plan(mixed))
                .hasMessage("the modules of the network have different time-steps, [0.001, 0.01] s; expected one");
    }

    @Test
    void needsATimeStepWhereNoModuleNamesOne() {
        assertThatThrownBy(() -> plan(new Linear(2, 3)))
                .hasMessage("no module of the network names a time-step, expected dt in seconds to be given (--dt)");
        assertThat(NetworkPlan.of(new Linear(2, 3), OptionalDouble.of(0.01), List.of(), 0)
                        .dt())
                .isEqualTo(0.01);
    }

    @Test
    void refusesATimeStepThatIsNotTheNetworks() {
        assertThatThrownBy(() -> NetworkPlan.of(new LIF(3), OptionalDouble.of(0.01), List.of(), 0))
                .hasMessage("dt is given as 0.01 s, but the network has 0.001 s");
    }

    private static NetworkPlan plan(io.riffle.sim.Module network) {
        return NetworkPlan.of(network, OptionalDouble.empty(), List.of(), 0);
    }
}
