package io.tailwalk.sampling;

import java.util.concurrent.SubmissionPublisher;

/**
 * Passes the completions of a run on to the subscribers of a {@link java.util.concurrent.Flow}
 * publisher as they come. The publisher is the caller's, and so are its threads and buffer: a full
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
