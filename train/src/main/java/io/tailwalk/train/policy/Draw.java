package io.tailwalk.train.policy;

/**
 * A drawn response.
 *
 * @param response tokens, at least one, with the end token if it was drawn
 * @param ended whether the end token was drawn
 * @param logProb log-probability under the model that it was drawn from, nats
 */
@SuppressWarnings("ArrayRecordComponent") // draws are never compared
record Draw(int[] response, boolean ended, double logProb) {}
