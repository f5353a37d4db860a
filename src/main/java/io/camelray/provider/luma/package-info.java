/**
 * Luma's own API, in its words (ray-api §1.1): {@link io.camelray.provider.luma.LumaProvider} is all that others use.
 * It always sends {@code model} and {@code type}, and never a field that Luma does not list. It reads replies
 * tolerantly: unknown fields, states and failure codes are no errors.
 */
package io.camelray.provider.luma;
