/**
 * The neutral value types that every room speaks: what a render asks for, what it costs, what became of it. Everything
 * public here may be used from anywhere. Nothing here knows a provider's JSON, a database, a file system or Camel.
 */
package io.camelray.model;
