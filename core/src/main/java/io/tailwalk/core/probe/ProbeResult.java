package io.tailwalk.core.probe;

/**
 * What one check found.
 *
 * @param check what was tried, in a few words
 * @param outcome how it went
 * @param measured the value found, with its unit
 * @param meaning what follows for the user, in one sentence
 */
public record ProbeResult(String check, ProbeOutcome outcome, String measured, String meaning) {}
