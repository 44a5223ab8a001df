/**
 * Autoregressive linear models (arXiv 2510.15020, Equation 3): {@code pi_theta(y_h | x, y_<h)}
 * proportional to {@code exp <theta, phi(x, y_1:h)>}. Their distributions, divergences and coverage
 * are exact, so that the paper's results about optimisers can be observed without error bars.
 */
@NullMarked
package io.tailwalk.train.linear;

import org.jspecify.annotations.NullMarked;
