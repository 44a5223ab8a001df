/**
 * Tools for tests of models, verifiers and samplers: a chooser that enumerates every outcome, exact
 * distributions of small models, contract suites to extend, seeded sweeps, and statistical
 * assertions with a stated false-alarm probability. Users test their own models with it.
 */
@NullMarked
package io.tailwalk.testkit;

import org.jspecify.annotations.NullMarked;
