package io.tailwalk.records.scores;

/**
 * One sample of a run, graded.
 *
 * @param promptId its prompt
 * @param correct whether it is right
 * @param score what a selector sees: the model's log-probability; NaN where not known
 * @param reward what counts in the end, 1 for right
 * @param plain whether it is a plain draw of the model, kept whatever its grade; samples of a
 *     sampler that returns only what passes are not, and counting them says nothing of pass@k
 */
public record GradedSample(
    String promptId, boolean correct, double score, double reward, boolean plain) {}
