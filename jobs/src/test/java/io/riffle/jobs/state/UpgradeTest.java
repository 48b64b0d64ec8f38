package io.riffle.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.operators.ModuleStates;
import io.riffle.operators.NetworkPlan;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private static final Sequential STORED = new Sequential(new Linear(2, 3), new LIF(3));
    private static final Sequential INSERTED = new Sequential(new Linear(2, 3), new ExpSyn(3), new LIF(3));

    @Test
    void goesOnWithTheSameNamesAndShapes() {
        Upgrade upgrade = upgrade(new Sequential(new Linear(2, 3), new LIF(3)), UpgradeWishes.NONE);
        assertThat(upgrade.changesNothing()).isTrue();
        assertThat(upgrade.remarks()).isEmpty();
        assertThat(upgrade.heirOf("1_LIF")).contains("1_LIF");
    }

    @Test
    void refusesWhatIsOnOneSideOnlyAndSaysHowToGoOn() {
        assertRefused(
                INSERTED,
                UpgradeWishes.NONE,
                "SP has the state of 1_LIF, which the network does not have, and the network has 1_ExpSyn, 2_LIF, whose"
                        + " state it does not have; say --keep 1_LIF=2_LIF --fresh 1_ExpSyn to go on with it,"
                        + " or --fresh 1_ExpSyn --fresh 2_LIF --drop 1_LIF to go on without it");
        assertRefused(
                new Sequential(new Linear(2, 3)),
                UpgradeWishes.NONE,
                "SP has the state of 1_LIF, which the network does not have; say --drop 1_LIF to go on without it");
        assertRefused(
                new Sequential(new Linear(2, 3), new LIF(3), new LIF(3)),
                UpgradeWishes.NONE,
                "the network has 2_LIF, whose state SP does not have; say --fresh 2_LIF to go on without it");
    }

    @Test
    void keepsAStateForTheModuleThatMoved() {
        Upgrade upgrade = upgrade(INSERTED, wishes(Map.of("1_LIF", "2_LIF"), Set.of("1_ExpSyn"), Set.of()));
        assertThat(upgrade.heirOf("1_LIF")).contains("2_LIF");
        assertThat(upgrade.changesNothing()).isFalse();
        assertThat(upgrade.remarks()).containsExactly("1_LIF goes on as 2_LIF", "1_ExpSyn starts anew");
    }

    @Test
    void startsAnewWhatShallBe() {
        Upgrade upgrade = upgrade(STORED, wishes(Map.of(), Set.of("1_LIF"), Set.of()));
        assertThat(upgrade.heirOf("1_LIF")).isEmpty();
        assertThat(upgrade.heirOf("0_Linear")).contains("0_Linear");
        assertThat(upgrade.remarks()).containsExactly("1_LIF starts anew");
    }

    @Test
    void dropsWhatShallBeLeftBehind() {
        Upgrade upgrade = upgrade(new Sequential(new Linear(2, 3)), wishes(Map.of(), Set.of(), Set.of("1_LIF")));
        assertThat(upgrade.changesNothing()).isFalse();
        assertThat(upgrade.remarks()).containsExactly("the state of 1_LIF is left behind");
    }

    @Test
    void swapsTwoModules() {
        Sequential two = new Sequential(new LIF(2), new LIF(2));
        Upgrade upgrade = upgrade(two, two, wishes(Map.of("0_LIF", "1_LIF", "1_LIF", "0_LIF"), Set.of(), Set.of()));
        assertThat(upgrade.heirOf("0_LIF")).contains("1_LIF");
        assertThat(upgrade.heirOf("1_LIF")).contains("0_LIF");
    }

    /** Names alone would give the first neurons the state of the second ones. */
    @Test
    void refusesAModuleInFrontOfTwoOfItsKind() {
        Sequential two = new Sequential(new LIF(2), new LIF(2));
        Sequential three = new Sequential(new LIF(2), new LIF(2), new LIF(2));
        assertThatThrownBy(() -> upgrade(two, three, UpgradeWishes.NONE))
                .hasMessage(
                        "the network has 2_LIF, whose state SP does not have; say --fresh 2_LIF to go on without it");
        Upgrade upgrade =
                upgrade(two, three, wishes(Map.of("0_LIF", "1_LIF", "1_LIF", "2_LIF"), Set.of("0_LIF"), Set.of()));
        assertThat(upgrade.remarks()).contains("0_LIF goes on as 1_LIF", "1_LIF goes on as 2_LIF", "0_LIF starts anew");
    }

    @Test
    void refusesOtherShapesAndNamesBoth() {
        assertRefused(
                new Sequential(new Linear(2, 4), new LIF(4)),
                UpgradeWishes.NONE,
                "module 1_LIF of the network has the state [1_LIF.vmem (4,), 1_LIF.isyn (4, 1), 1_LIF.spikes (4,)],"
                        + " but SP has 1_LIF [1_LIF.vmem (3,), 1_LIF.isyn (3, 1), 1_LIF.spikes (3,)];"
                        + " --fresh 1_LIF starts it anew");
        assertRefused(
                INSERTED,
                wishes(Map.of("1_LIF", "1_ExpSyn"), Set.of("2_LIF"), Set.of()),
                "module 1_ExpSyn of the network has the state [1_ExpSyn.isyn (3,)],"
                        + " but SP has 1_LIF [1_LIF.vmem (3,), 1_LIF.isyn (3, 1), 1_LIF.spikes (3,)];"
                        + " --fresh 1_ExpSyn --drop 1_LIF starts it anew");
    }

    @Test
    void refusesWishesThatMakeNoSense() {
        assertRefused(
                STORED,
                wishes(Map.of("1_LFI", "1_LIF"), Set.of(), Set.of()),
                "--keep names '1_LFI', which is no module stored in SP, expected one of [0_Linear, 1_LIF]");
        assertRefused(
                STORED,
                wishes(Map.of(), Set.of("1_Lif"), Set.of()),
                "--fresh names '1_Lif', which is no module of the network, did you mean '1_LIF'?");
        assertRefused(
                STORED,
                wishes(Map.of("1_LIF", "1_LIF"), Set.of("1_LIF"), Set.of()),
                "module 1_LIF is both in --keep 1_LIF=1_LIF and in --fresh, expected one of them");
        assertRefused(
                STORED,
                wishes(Map.of("1_LIF", "1_LIF"), Set.of(), Set.of("1_LIF")),
                "the stored module 1_LIF is both in --keep 1_LIF=1_LIF and in --drop, expected one of them");
        assertRefused(
                STORED,
                wishes(Map.of("1_LIF", "1_LIF", "0_Linear", "1_LIF"), Set.of(), Set.of()),
                "--keep gives module 1_LIF two stored states, expected one");
    }

    @Test
    void letsModulesThatRememberNothingComeAndGo() {
        Upgrade upgrade = upgrade(
                new Sequential(new Linear(2, 3), new Linear(3, 3), new LIF(3)),
                wishes(Map.of("1_LIF", "2_LIF"), Set.of(), Set.of()));
        assertThat(upgrade.remarks()).containsExactly("1_LIF goes on as 2_LIF");
    }

    private static UpgradeWishes wishes(Map<String, String> keep, Set<String> fresh, Set<String> drop) {
        return new UpgradeWishes(keep, fresh, drop);
    }

    private static void assertRefused(Module network, UpgradeWishes wishes, String sentence) {
        assertThatThrownBy(() -> upgrade(network, wishes))
                .isInstanceOf(RiffleException.class)
                .hasMessage(sentence);
    }

    private static Upgrade upgrade(Module network, UpgradeWishes wishes) {
        return upgrade(STORED, network, wishes);
    }

    private static Upgrade upgrade(Module before, Module now, UpgradeWishes wishes) {
        List<StoredModule> stored = states(before).stream()
                .map(module -> new StoredModule(module.operator(), module.layout(), null))
                .toList();
        return Upgrade.of("SP", stored, states(now), wishes);
    }

    private static List<ModuleStates> states(Module network) {
        return NetworkPlan.of(network, OptionalDouble.of(0.001), List.of(), 0).states();
    }
}
