package io.tailwalk.report;

/** One block of a section. Its text may come from outside: renderers escape it. */
public sealed interface Block permits Prose, KeyFigures, Table, Plot, SampleList, Replay {}
