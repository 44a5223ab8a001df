package io.tailwalk.train.linear;

/**
 * Features that depend on the past through a finite state, so that responses can be counted by
 * dynamic programming instead of enumeration.
 */
public interface FiniteStateFeatures extends FeatureMap {

  /** The state before the first token. */
  int startState();

  /** The state after a token. */
  int nextState(int state, int token);

  /** The context at a position, given the state. */
  Cell cellIn(int prompt, int h, int state);
}
