package io.camelray.model;

/**
 * What our own records say of an earlier generation.
 *
 * @param account who paid for it, and alone may start from it
 * @param complete whether the provider has finished it
 * @param state of the render that it belongs to
 * @param request what it was made from
 */
public record GenerationFacts(String account, boolean complete, RenderState state, RenderRequest request) {}
