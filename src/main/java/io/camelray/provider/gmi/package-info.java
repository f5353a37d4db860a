/**
 * GMI Cloud's request queue, in its words (ray-api §1.2): {@link io.camelray.provider.gmi.GmiProvider} is all that
 * others use. A job has two ids: the queue's, to poll with, and Luma's, to chain with. It never sends a clip's address,
 * which GMI does not take, nor a field that GMI does not list.
 */
package io.camelray.provider.gmi;
