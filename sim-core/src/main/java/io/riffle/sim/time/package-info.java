/**
 * Time series, and modules that take and give them.
 *
 * <p>Seconds are doubles at the edge; inside time is a step number: step k of dt is at {@code k * dt}, one
 * multiplication, and nothing is ever added up. A time that differs from a step's by rounding only is at that step. A
 * series says from when to when it holds; what lies outside is an error, or what {@link io.riffle.sim.time.Outside}
 * declares.
 */
package io.riffle.sim.time;
