package io.tailwalk.report;

/**
 * A chart with the words that go with it. Its numbers are shown as a table too.
 *
 * @param title what it shows, a few words
 * @param description what a reader who cannot see it should know, a sentence
 * @param chart the data
 */
public record Plot(String title, String description, Chart chart) implements Block {}
