/** What {@code riffle bench} measures, each beside a yardstick of the same run. */
package io.riffle.jobs.bench;
