package io.tailwalk.train.run;

/**
 * Report of a step.
 *
 * @param step counted from 1
 * @param loss before the step, nats, averaged according to the settings
 * @param gradientNorm before clipping
 * @param learningRate of the step
 * @param tokens predicted tokens in the batch
 */
public record StepReport(
    long step, double loss, double gradientNorm, double learningRate, int tokens) {}
