package io.riffle.jobs.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.raster.RasterRule;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class StreamingJobTest {
    private static final RasterSettings MEAN = new RasterSettings(RasterRule.MEAN, 0, 100, 0);

    @Test
    void givesEveryOperatorAUidSoThatItsStateIsFoundAgain() {
        for (StreamNode node :
                graph(network(), List.of("1_LIF.vmem"), Optional.of(MEAN)).getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
        }
    }

    @Test
    void showsEachModuleOfASequentialByItsNameInOneChain() {
        assertThat(vertexNames(network(), List.of()))
                .anySatisfy(
                        name -> assertThat(name)
                                .startsWith(
                                        "Source: kafka in -> decode -> sequence -> (0_Linear -> 1_LIF -> 2_Linear -> 3_LIF -> encode -> kafka out"));
    }

    @Test
    void sendsTheRecordsOfAStreamToItsWorkerWhereThereAreSeveral() {
        assertThat(vertexNames(graph(network(), List.of(), Optional.empty(), 2)))
                .anySatisfy(name -> assertThat(name).isEqualTo("Source: kafka in -> key"))
                .anySatisfy(name -> assertThat(name).startsWith("decode -> sequence -> (0_Linear -> 1_LIF -> "));
    }

    @Test
    void showsAnyOtherModuleAsOneOperator() {
        assertThat(vertexNames(new Residual(new LIF(3), new LIF(3)), List.of())).anySatisfy(name -> assertThat(name)
                .startsWith("Source: kafka in -> decode -> sequence -> (Residual -> encode -> kafka out"));
    }

    @Test
    void makesStepsOfSamplesInFrontOfTheSequencerIfAsked() {
        assertThat(vertexNames(graph(network(), List.of(), Optional.of(MEAN)))).anySatisfy(name -> assertThat(name)
                .startsWith("Source: kafka in -> decode -> rasterise -> sequence -> (0_Linear -> "));
    }

    @Test
    void refusesTheSameTopicTwice() {
        assertThatThrownBy(() -> new JobTopics("a", "b", "a", "c", Optional.empty()))
                .isInstanceOf(RiffleException.class)
                .hasMessage("the topics are [a, b, a, c], expected different ones");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatThrownBy(() -> settings(0, Duration.ofSeconds(1)))
                .hasMessage("parallelism is 0, expected at least 1");
        assertThatThrownBy(() -> settings(1, Duration.ofMillis(1)))
                .hasMessage("the checkpoint interval is 1 ms, expected at least 10 ms");
    }

    private static Module network() {
        return new Sequential(new Linear(3, 8), new LIF(8), new Linear(8, 2), new LIF(2));
    }

    private static List<String> vertexNames(Module network, List<String> records) {
        return vertexNames(graph(network, records, Optional.empty()));
    }

    private static List<String> vertexNames(StreamGraph graph) {
        List<String> names = new ArrayList<>();
        for (JobVertex vertex : graph.getJobGraph().getVertices()) {
            names.add(vertex.getName());
        }
        return names;
    }

    private static StreamGraph graph(Module network, List<String> records, Optional<RasterSettings> raster) {
        return graph(network, records, raster, 1);
    }

    private static StreamGraph graph(
            Module network, List<String> records, Optional<RasterSettings> raster, int parallelism) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        Optional<String> recorded = records.isEmpty() ? Optional.empty() : Optional.of("record");
        new StreamingJob(
                        new Brokers("127.0.0.1:9092"),
                        new JobTopics("in", "out", "rejected", "notices", recorded),
                        NetworkPlan.of(network, OptionalDouble.empty(), records, 0),
                        raster,
                        SequenceSettings.DEFAULT,
                        settings(parallelism, Duration.ofSeconds(1)))
                .layOut(environment);
        return environment.getStreamGraph();
    }

    private static JobSettings settings(int parallelism, Duration checkpointInterval) {
        return new JobSettings(
                "job",
                parallelism,
                Delivery.EXACTLY_ONCE,
                checkpointInterval,
                Optional.empty(),
                Optional.empty(),
                StartFrom.EARLIEST);
    }
}
