/**
 * Verifiers by specification, such as {@code avoid:e and length:10..200} ({@code spec}): letters
 * and lengths, patterns ({@code regex}), grammars and JSON Schemas ({@code grammar}), answers in
 * prose ({@code answer}), Python under tests ({@code code}), external programs ({@code process}),
 * process reward models ({@code prm}), a second model's judgement ({@code judge}).
 */
@NullMarked
package io.tailwalk.verifiers;

import org.jspecify.annotations.NullMarked;
