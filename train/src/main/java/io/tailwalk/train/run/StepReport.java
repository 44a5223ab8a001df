package io.tailwalk.train.run;

import java.util.Optional;

/**
 * Report of a step.
 *
 * @param step counted from 1
 * @param loss before the step, nats, averaged according to the settings
 * @param gradientNorm before clipping; with token steps, the length of the sum of their gradients
 * @param learningRate of the step
 * @param tokens predicted tokens in the batch
 * @param drawn the responses drawn for the step; empty if it learned from given ones
 */
public record StepReport(
    long step,
    double loss,
    double gradientNorm,
    double learningRate,
    int tokens,
    Optional<DrawnRewards> drawn) {}
