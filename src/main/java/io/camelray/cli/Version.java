package io.camelray.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest carries. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = CamelRay.class.getPackage().getImplementationVersion();
        return new String[] {"camel-ray " + (version == null ? "(not packaged)" : version)};
    }
}
