package io.riffle.sim;

import java.util.Optional;

/** A named value of a module, of one of Rockpool's three kinds. */
public abstract sealed class Attribute permits Parameter, State, SimulationParameter {
    /** What a value is to its module. */
    public enum Kind {
        /** What the network is. */
        PARAMETER,
        /** What it remembers. */
        STATE,
        /** How it is computed. */
        SIMULATION_PARAMETER
    }

    Attribute() {}

    public abstract Kind kind();

    public abstract Optional<Family> family();
}
