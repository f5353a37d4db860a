package io.camelray.assets;

/** What the walk through an MP4 file came to. */
public sealed interface Mp4Result permits Mp4Findings, Mp4Defect {}
