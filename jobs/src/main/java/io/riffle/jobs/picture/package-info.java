/** Picture files, PNG or SVG: rasters of events, traces and heat maps on one axis of time. */
package io.riffle.jobs.picture;
