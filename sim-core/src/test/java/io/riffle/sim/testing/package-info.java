/** What the tests of people's own modules can use: published as the module's test-jar. */
package io.riffle.sim.testing;
