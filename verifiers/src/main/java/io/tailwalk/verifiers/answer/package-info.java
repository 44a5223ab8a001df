/** Completions against a known answer: exact texts, and numbers and formulas in prose. */
@NullMarked
package io.tailwalk.verifiers.answer;

import org.jspecify.annotations.NullMarked;
