/**
 * The simulator of the providers and of their storage, the MP4s it hands out, and an embedded S3 store. Only the
 * public types may be used from outside: {@code Sandbox} with its options, settings of single providers, accounts,
 * failure plan and ledger, and {@code EmbeddedS3}. It must never share request, response or price mapping with the
 * clients it tests.
 */
package io.camelray.sandbox;
