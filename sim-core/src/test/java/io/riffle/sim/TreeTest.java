package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeTest {
    @Test
    void findsLeavesAndBranchesByTheirPaths() {
        Tree tree =
                Tree.of("1_LIF.vmem", Tensor.of(1f, 2f)).with("1_LIF.dt", 0.001).with("name", "arm");
        assertThat(tree.tensor("1_LIF.vmem")).isEqualTo(Tensor.of(1f, 2f));
        assertThat(tree.tree("1_LIF").names()).containsExactly("vmem", "dt");
        assertThat(tree.paths()).containsExactly("1_LIF.vmem", "1_LIF.dt", "name");
        assertThatThrownBy(() -> tree.get("2_LIF"))
                .hasMessage("no '2_LIF' here, expected one of [1_LIF.vmem, 1_LIF.dt, name]");
    }

    @Test
    void isTheSameAfterItsLeavesWereTakenOutAndPutBack() {
        for (long seed = 0; seed < 200; seed++) {
            Tree tree = random(new Random(seed), 3);
            assertThat(tree.withLeaves(tree.leaves())).as("seed " + seed).isEqualTo(tree);
        }
    }

    @Test
    void takesOtherLeavesInTheirOrder() {
        Tree tree = Tree.of("a.x", 1.0).with("b", 2.0);
        assertThat(tree.withLeaves(List.of(3.0, 4.0)))
                .isEqualTo(Tree.of("a.x", 3.0).with("b", 4.0));
        assertThatThrownBy(() -> tree.withLeaves(List.of(3.0))).hasMessage("1 values are given for a tree of 2 leaves");
    }

    @Test
    void carriesParametersToAModuleAndBack() {
        io.riffle.sim.modules.LIF lif = new io.riffle.sim.modules.LIF(3);
        Tree before = lif.parameters();
        lif.setAttributes(before.withLeaves(before.leaves().stream()
                .map(leaf -> ((Tensor) leaf).plus((Tensor) leaf))
                .toList()));
        assertThat(lif.parameters().tensor("threshold")).isEqualTo(Tensor.of(2f, 2f, 2f));
        lif.setAttributes(before.withLeaves(before.leaves()));
        assertThat(lif.parameters()).isEqualTo(before);
    }

    private static Tree random(Random random, int depth) {
        Tree.Builder tree = Tree.builder();
        int entries = random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            switch (random.nextInt(depth > 0 ? 4 : 3)) {
                case 0 -> tree.put("t" + i, Tensor.of(random.nextFloat(), random.nextFloat()));
                case 1 -> tree.put("n" + i, random.nextDouble());
                case 2 -> tree.put("s" + i, "text " + i);
                default -> tree.put("b" + i, random(random, depth - 1));
            }
        }
        return tree.build();
    }
}
