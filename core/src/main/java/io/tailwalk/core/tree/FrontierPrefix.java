package io.tailwalk.core.tree;

/**
 * A child of an expanded node that is neither complete nor proven dead.
 *
 * @param above the expanded node
 * @param slot of the child
 * @param logPi log-probability of the prefix under the model, nats
 * @param logValue {@code log V} of the prefix, nats, with the correction of the frontier's guide;
 *     {@code -inf} if the value of the prefix is zero
 */
public record FrontierPrefix(FrontierNode above, int slot, double logPi, double logValue) {}
