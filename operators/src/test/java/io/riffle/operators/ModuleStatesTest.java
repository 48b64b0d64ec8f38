package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Module;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ModuleStatesTest {
    @Test
    void nameEachOperatorAndItsStates() {
        List<ModuleStates> states = states(new Sequential(new Linear(2, 3), new LIF(3)));
        assertThat(states).extracting(ModuleStates::operator).containsExactly("0_Linear", "1_LIF");
        assertThat(states.get(0).layout().entries()).isEmpty();
        assertThat(ModuleStates.text(states.get(1).layout()))
                .isEqualTo("[1_LIF.vmem (3,), 1_LIF.isyn (3, 1), 1_LIF.spikes (3,)]");
        assertThat(ModuleStates.operatorOf(ModuleStates.uid("1_LIF"))).contains("1_LIF");
        assertThat(ModuleStates.operatorOf("sequence")).isEmpty();
    }

    @Test
    void continueWhereTheModuleMovedInItsNetwork() {
        StateLayout second =
                states(new Sequential(new Linear(2, 3), new LIF(3))).get(1).layout();
        assertThat(states(new Sequential(new Linear(2, 3), new LIF(3), new LIF(3)))
                        .get(2)
                        .continues(second))
                .isTrue();
        ModuleStates alone = states(new LIF(3)).get(0);
        assertThat(alone.continues(second)).isTrue();
        assertThat(states(new Sequential(new LIF(3))).get(0).continues(alone.layout()))
                .isTrue();
    }

    @Test
    void doNotContinueOtherShapesNamesOrCounts() {
        StateLayout three = states(new LIF(3)).get(0).layout();
        assertThat(states(new LIF(4)).get(0).continues(three)).isFalse();
        assertThat(states(new Linear(2, 3)).get(0).continues(three)).isFalse();
        assertThat(states(new LIF(3)).get(0).continues(new StateLayout(List.of())))
                .isFalse();
        StateLayout shorter = new StateLayout(three.entries().subList(0, 2));
        assertThat(states(new LIF(3)).get(0).continues(shorter)).isFalse();
    }

    @Test
    void doNotContinueAPartOfTheModuleThatGotAnotherName() {
        ModuleStates net = states(new FfwdNet(2, 3)).get(0);
        StateLayout renamed = new StateLayout(net.layout().entries().stream()
                .map(entry -> new StateLayout.Entry(entry.path().replace("neurons.", "cells."), entry.shape()))
                .toList());
        assertThat(net.continues(net.layout())).isTrue();
        assertThat(net.continues(renamed)).isFalse();
    }

    @Test
    void doNotContinueANameThatOnlyEndsTheSame() {
        ModuleStates module = new ModuleStates("M", "", layout("mem"));
        assertThat(module.continues(layout("1_M.mem"))).isTrue();
        assertThat(module.continues(layout("vmem"))).isFalse();
    }

    @Test
    void aSavepointOfOtherStatesIsRefusedWithBothNamed() {
        StreamStateSnapshot now = new StreamStateSnapshot(layout("2_M.vmem"), "2_M.");
        assertThat(now.resolveSchemaCompatibility(new StreamStateSnapshot(layout("1_M.vmem"), ""))
                        .isCompatibleAsIs())
                .isTrue();
        assertThatThrownBy(() -> now.resolveSchemaCompatibility(new StreamStateSnapshot(layout("1_M.isyn"), "")))
                .hasMessage("the stored state is [1_M.isyn (3,)], but the network has [2_M.vmem (3,)]");
    }

    private static StateLayout layout(String path) {
        return new StateLayout(List.of(new StateLayout.Entry(path, Shape.of(3))));
    }

    private static List<ModuleStates> states(Module network) {
        return NetworkPlan.of(network, OptionalDouble.of(0.001), List.of(), 0).states();
    }
}
