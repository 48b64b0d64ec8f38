import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Writes the network of {@code riffle demo}: 16 host channels -> up and down events -> 64 recurrent neurons with two
 * synapses each -> 8 read-outs.
 *
 * <pre>{@code
 * java jobs/src/main/scripts/MakeDemoNetwork.java > jobs/src/main/resources/io/riffle/jobs/demo/demo-network.json
 * }</pre>
 *
 * Nothing here is trained. Each channel has four neurons beside each other:
 *
 * <ol>
 *   <li>fires when the channel's level is a little above idle,
 *   <li>fires when the level is high,
 *   <li>fires when the level rises,
 *   <li>fires when it falls.
 * </ol>
 *
 * The first two know the level because their slow synapse (300 s) adds up events and takes off the downs: they get used
 * to what lasts for many minutes. The last two hear the same events through the fast synapse (30 ms). The fast synapses also
 * carry the recurrence: chance connections, a third of them inhibitory, too weak to keep activity up without input.
 */
public final class MakeDemoNetwork {
    private static final long SEED = 2026;
    private static final double DT = 0.01;
    private static final int CHANNELS = 16;
    private static final int PER_CHANNEL = 4;
    private static final int NEURONS = CHANNELS * PER_CHANNEL;
    private static final int SYNAPSES = 2;
    private static final int SLOW = 0;
    private static final int FAST = 1;

    /** From idle to as busy as it usually gets, in the order of the host's sixteen channels. */
    private static final double[] RANGE = {
        1, 1, 1, 1, 0.6, 0.5, // cpu: mean, max, min, user, system, iowait
        0.5, 0.4, 0.1, 0.5, // context switches, interrupts, memory, page faults
        0.9, 0.9, 0.8, 0.8, // disk read, write, network in, out
        0.06, 0.2 // processes, temperature
    };

    /** A channel's range in events: few enough that the noise of an idle machine causes only some. */
    private static final double EVENTS_PER_RANGE = 11;

    private static final double TAU_MEMBRANE = 0.05;
    private static final double TAU_SLOW = 300;
    private static final double TAU_FAST = 0.03;
    private static final double LEAK = 1 - Math.exp(-DT / TAU_MEMBRANE);

    // spikes per step at full range
    private static final double FULL_RATE = 0.16;
    private static final double LOW_ONSET = 0.22;
    private static final double HIGH_ONSET = 0.5;
    private static final double CHANGE_WEIGHT = 0.62;

    private static final int SOURCES = 6;
    private static final double RECURRENT_WEIGHT = 0.13;

    private static final double TAU_READ_OUT = 0.25;
    /** Which channels each read-out listens to; the last hears all. */
    private static final int[][] GROUPS = {
        {0, 1, 2}, {3}, {4, 5, 6, 7}, {8, 9}, {10, 11}, {12, 13}, {14, 15}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
    };

    private MakeDemoNetwork() {}

    public static void main(String[] arguments) {
        double[] thresholds = Arrays.stream(RANGE).map(range -> range / EVENTS_PER_RANGE).toArray();
        double[][] input = new double[2 * CHANNELS][NEURONS * SYNAPSES];
        double[] bias = new double[NEURONS];
        double[][] tauSynapse = new double[NEURONS][];
        for (int channel = 0; channel < CHANNELS; channel++) {
            int low = channel * PER_CHANNEL;
            connectLevel(input, bias, channel, low, LOW_ONSET);
            connectLevel(input, bias, channel, low + 1, HIGH_ONSET);
            connectChange(input, channel, low + 2, CHANGE_WEIGHT);
            connectChange(input, channel, low + 3, -CHANGE_WEIGHT);
        }
        Arrays.setAll(tauSynapse, neuron -> new double[] {TAU_SLOW, TAU_FAST});

        System.out.println("{\"module\":\"Sequential\",\"modules\":[");
        System.out.printf(
                Locale.ROOT, "{\"module\":\"UpDown\",\"shape\":[%d],\"thr_up\":%s,\"thr_down\":%s},%n", CHANNELS, json(thresholds), json(thresholds));
        System.out.printf(
                Locale.ROOT, "{\"module\":\"Linear\",\"shape\":[%d,%d],\"weight\":%s},%n", 2 * CHANNELS, NEURONS * SYNAPSES, json(input));
        System.out.printf(
                Locale.ROOT,
                "{\"module\":\"LIF\",\"shape\":[%d,%d],\"has_rec\":true,\"w_rec\":%s,\"tau_mem\":%s,\"tau_syn\":%s,\"bias\":%s,\"max_spikes_per_dt\":1,\"dt\":%s},%n",
                NEURONS * SYNAPSES,
                NEURONS,
                json(recurrence()),
                TAU_MEMBRANE,
                json(tauSynapse),
                json(bias),
                DT);
        System.out.printf(
                Locale.ROOT, "{\"module\":\"Linear\",\"shape\":[%d,%d],\"weight\":%s},%n", NEURONS, GROUPS.length, json(readOut()));
        System.out.printf(Locale.ROOT, "{\"module\":\"ExpSyn\",\"shape\":[%d],\"tau\":%s,\"dt\":%s}%n", GROUPS.length, TAU_READ_OUT, DT);
        System.out.println("]}");
    }

    /**
     * The neuron is at threshold when the level is at the onset, and has the full rate at full range. A current I moves
     * the membrane to I / LEAK; what is above LEAK in every step makes spikes.
     */
    private static void connectLevel(double[][] input, double[] bias, int channel, int neuron, double onset) {
        double gain = FULL_RATE / (1 - onset);
        bias[neuron] = LEAK - gain * onset;
        double weight = gain / EVENTS_PER_RANGE;
        input[2 * channel][neuron * SYNAPSES + SLOW] = weight;
        input[2 * channel + 1][neuron * SYNAPSES + SLOW] = -weight;
    }

    private static void connectChange(double[][] input, int channel, int neuron, double weight) {
        input[2 * channel][neuron * SYNAPSES + FAST] = weight;
        input[2 * channel + 1][neuron * SYNAPSES + FAST] = -weight;
    }

    private static double[][] recurrence() {
        Random random = new Random(SEED);
        double[][] weights = new double[NEURONS][NEURONS * SYNAPSES];
        for (int target = 0; target < NEURONS; target++) {
            for (int connection = 0; connection < SOURCES; connection++) {
                int source = random.nextInt(NEURONS);
                boolean inhibitory = connection % 3 == 0;
                if (source != target) {
                    double weight = RECURRENT_WEIGHT * (0.5 + random.nextDouble());
                    weights[source][target * SYNAPSES + FAST] = inhibitory ? -weight : weight;
                }
            }
        }
        return weights;
    }

    /** A read-out is the rate of its neurons, in spikes per second per neuron: the mean over the last TAU_READ_OUT. */
    private static double[][] readOut() {
        double[][] weights = new double[NEURONS][GROUPS.length];
        double decay = Math.exp(-DT / TAU_READ_OUT);
        double sumOfOneSpike = decay / (1 - decay);
        for (int group = 0; group < GROUPS.length; group++) {
            for (int channel : GROUPS[group]) {
                for (int neuron = channel * PER_CHANNEL; neuron < (channel + 1) * PER_CHANNEL; neuron++) {
                    weights[neuron][group] = 1 / (DT * sumOfOneSpike * GROUPS[group].length * PER_CHANNEL);
                }
            }
        }
        return weights;
    }

    private static String json(double[][] rows) {
        StringJoiner text = new StringJoiner(",\n", "[", "]");
        for (double[] row : rows) {
            text.add(json(row));
        }
        return text.toString();
    }

    private static String json(double[] values) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (double value : values) {
            text.add(json(value));
        }
        return text.toString();
    }

    /** Four digits after the point say it all, and a zero stays short. */
    private static String json(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
        return text.isEmpty() || text.equals("-0") ? "0" : text;
    }
}
