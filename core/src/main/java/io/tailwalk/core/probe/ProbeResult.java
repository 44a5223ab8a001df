package io.tailwalk.core.probe;

/**
 * Result of one check.
 *
 * @param check short name of the check
 * @param outcome the outcome
 * @param measured the value found, with its unit
 * @param meaning the consequence for the user, in one sentence
 */
public record ProbeResult(String check, ProbeOutcome outcome, String measured, String meaning) {}
