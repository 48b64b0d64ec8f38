/** Network files: JSON with Rockpool's constructor names and arguments. */
package io.riffle.sim.network;
