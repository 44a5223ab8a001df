/** Requests to model servers: concurrency, retries, limits, and the choice among replicas. */
@NullMarked
package io.tailwalk.openai.http;

import org.jspecify.annotations.NullMarked;
