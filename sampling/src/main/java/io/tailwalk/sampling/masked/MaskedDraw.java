package io.tailwalk.sampling.masked;

import java.util.Optional;

/**
 * A drawn sequence and its cost.
 *
 * @param sequence a complete sequence; empty if none was reached
 * @param evaluations sequences whose masked positions the model was asked about, one visited twice
 *     counted twice
 */
public record MaskedDraw(Optional<MaskedSequence> sequence, long evaluations) {}
