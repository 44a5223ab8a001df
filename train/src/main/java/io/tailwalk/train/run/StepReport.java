package io.tailwalk.train.run;

/**
 * What a step was.
 *
 * @param step counted from 1
 * @param loss before the step, nats, averaged as the settings say
 * @param gradientNorm before clipping
 * @param learningRate of the step
 * @param tokens predicted tokens in the batch
 */
public record StepReport(
    long step, double loss, double gradientNorm, double learningRate, int tokens) {}
