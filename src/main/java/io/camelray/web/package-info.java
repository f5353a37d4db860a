/**
 * What a running program offers over HTTP: {@link io.camelray.web.ControlEndpoint}, on loopback and behind a token,
 * {@link io.camelray.web.StatusPage} for browsers, and the documents that they answer with. The command line reads the same documents when it opens the ledger itself. Nothing
 * here changes a render except through the ledger's operator verbs.
 */
package io.camelray.web;
