/**
 * The command line: picocli commands and start-up. {@link io.camelray.cli.CamelRay} is the program. What a command does
 * is done by the rooms below; this room reads options, starts Camel with the routes, and says what happened.
 */
package io.camelray.cli;
