package io.tailwalk.report;

/**
 * A chart with its title and description. Its numbers are also shown as a table.
 *
 * @param title title of the chart, a few words
 * @param description one sentence for readers who cannot see the chart
 * @param chart the data
 */
public record Plot(String title, String description, Chart chart) implements Block {}
