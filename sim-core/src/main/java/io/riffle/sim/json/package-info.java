/** What all of our JSON files have in common. */
package io.riffle.sim.json;
