/** How this process ends in order. */
package io.riffle.jobs.lifecycle;
