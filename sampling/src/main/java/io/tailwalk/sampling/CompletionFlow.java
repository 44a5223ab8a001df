package io.tailwalk.sampling;

import java.util.concurrent.SubmissionPublisher;

/**
 * Forwards the completions of a run to the subscribers of a {@link java.util.concurrent.Flow}
 * publisher as they arrive. The caller owns the publisher with its threads and buffer: a full
 * buffer makes the run wait, and a publisher that is closed or has lost all its subscribers cancels
 * the run. The caller closes the publisher when the run has returned.
 *
 * @param publisher with at least one subscriber before the run begins
 */
public record CompletionFlow(SubmissionPublisher<Completion> publisher)
    implements SamplingListener {

  @Override
  public void onCompletion(Completion completion) {
    if (!publisher.isClosed()) {
      publisher.submit(completion);
    }
  }

  @Override
  public boolean cancelled() {
    return publisher.isClosed() || !publisher.hasSubscribers();
  }
}
