package io.riffle.sim;

/**
 * What one call of {@link Module#evolve(Tensor)} gave.
 *
 * @param output (B, T, Nout)
 * @param state the state after the last step, by name
 * @param record what was recorded, each (B, T, ..), by name
 */
public record Evolution(Tensor output, Tree state, Tree record) {}
