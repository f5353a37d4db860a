package io.camelray.cli;

import io.camelray.assets.ObjectStore;
import io.camelray.component.InboxIntake;
import io.camelray.component.PendingIntake;
import io.camelray.component.RayComponent;
import io.camelray.component.RaySettings;
import io.camelray.ledger.OperatorException;
import io.camelray.model.Destination;
import io.camelray.model.ProviderName;
import io.camelray.observe.RayObservability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Camel with the component configured from the properties, with or without the routes. {@link #configure} reads and checks
 * everything and touches nothing; {@link #start} opens the ledger and begins to work.
 */
final class Program implements AutoCloseable {

    /** One for all, so that it listens once. */
    private static final Consumer<String> HIDING = Logging::hide;

    private static final List<String> FOLDERS =
            List.of("inbox", "accepted", "rejected", "retry", "dead-letter", "outputs", "reports", "spool", "ledger");

    private final Main main = new Main();
    private final Path home;
    private RayComponent component;
    private boolean firing;
    private Optional<PageServer> page = Optional.empty();

    /**
     * @param overrides properties that win over the file; {@code --set} wins over these
     * @param withRoutes whether the routes run, or only the component
     */
    Program(HomeOptions options, Path home, Map<String, String> overrides, boolean withRoutes) {
        this.home = home;
        main.setPropertyPlaceholderLocations("classpath:io/camelray/cli/application.properties,file:"
                + options.config().resolve("application.properties").toAbsolutePath() + ";optional=true");
        Map<String, String> properties = new LinkedHashMap<>(overrides);
        properties.put("ray.home", home.toString());
        properties.put("ray.config", options.config().toAbsolutePath().toString());
        properties.put(
                "ray.campaigns",
                options.config().resolve("campaigns").toAbsolutePath().toString());
        properties.putAll(options.set());
        properties.forEach(main::addOverrideProperty);
        main.bind("rayObservability", new RayObservability());
        main.configure().withRoutesCollectorEnabled(withRoutes);
        if (withRoutes) {
            main.configure().withRoutesIncludePattern(routes(options));
        }
        main.configure().withAutoConfigurationFailFast(true);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport support) {
                // Before Camel finds what it knows of this, and says so in its own words.
                new KnownProperties().check(support.getCamelContext(), System.getenv());
            }
        });
    }

    private static String routes(HomeOptions options) {
        Path folder = Optional.ofNullable(options.routes()).orElse(Path.of("routes"));
        if (Files.isDirectory(folder)) {
            return "file:" + folder.toAbsolutePath() + "/*.camel.yaml";
        }
        if (options.routes() != null) {
            throw new OperatorException("there is no folder " + folder + " with routes");
        }
        return "classpath:io/camelray/cli/routes/*.camel.yaml";
    }

    /** Makes an own S3 client known, so that the component makes none. */
    void useS3(S3Client client) {
        main.bind("s3Client", client);
    }

    /** Reads and checks the configuration. @throws IllegalArgumentException naming what is wrong */
    RaySettings configure() {
        main.init();
        component = main.getCamelContext().getComponent("ray", RayComponent.class);
        RaySettings settings = component.settings();
        RayComponent.onSecretRead(HIDING);
        Logging.apply(LogSettings.of(this::property), secrets(settings));
        return settings;
    }

    private String property(String name) {
        return main.getCamelContext().resolvePropertyPlaceholders("{{" + name + "}}");
    }

    /** What no line of the log may hold, as far as it is known at the start. */
    private List<String> secrets(RaySettings settings) {
        return Stream.concat(
                        settings.accounts().stream().flatMap(account -> account.key().get().stream()),
                        Stream.of("ray.page.token", "ray.webhook.secret", "ray.notify.uri")
                                .map(this::property)
                                .map(String::strip))
                .toList();
    }

    /** Checks what a run needs before anything is consumed. @throws OperatorException in one sentence */
    void preflight(RaySettings settings) {
        if (settings.account(settings.provider())
                .flatMap(account -> account.key().get())
                .isEmpty()) {
            throw new OperatorException(
                    "there is no API key for " + settings.provider().label() + ": set "
                            + keyVariable(settings.provider()) + ", or try 'camel-ray demo', which needs none");
        }
        settings.requireKeys();
        try {
            for (String folder : FOLDERS) {
                Files.createDirectories(home.resolve(folder));
            }
            checkWritable(home.resolve("ledger"));
            if (settings.deliverTo() instanceof Destination.Folder folder) {
                Files.createDirectories(folder.path());
                checkWritable(folder.path());
            }
        } catch (IOException e) {
            throw new OperatorException("the home " + home + " cannot be written: " + Sentences.of(e));
        }
        if (settings.deliverTo() instanceof Destination.Bucket bucket) {
            new ObjectStore(component.bucketClient()).checkBucket(bucket.name()).ifPresent(why -> {
                throw new OperatorException(why);
            });
        }
    }

    private static String keyVariable(ProviderName provider) {
        return switch (provider) {
            case LUMA -> "LUMA_AGENTS_API_KEY";
            case GMI -> "GMI_API_KEY";
            case REPLICATE -> "REPLICATE_API_TOKEN";
        };
    }

    private static void checkWritable(Path folder) throws IOException {
        Files.delete(Files.createTempFile(folder, ".write", ".check"));
    }

    /** Has schedules fire once the program has started; without this they are left alone. */
    void fireSchedules() {
        try {
            main.getCamelContext().addRoutes(new ScheduleRoutes(component.schedules()));
        } catch (Exception e) {
            throw new IllegalStateException("The schedules cannot be set up: " + Sentences.of(e), e);
        }
        firing = true;
    }

    /** Has the status page served once the program has started. @throws OperatorException if it cannot be, by its properties */
    void servePage() {
        page = PageServer.of(main.getCamelContext());
    }

    /** Begins to serve the status page. @return its address, if there is one */
    Optional<String> page() {
        return page.flatMap(server -> server.start(component, home));
    }

    /** Opens the ledger and, with routes, begins to work. */
    void start() {
        main.start();
        if (firing) {
            component.schedules().open();
        }
    }

    RayComponent component() {
        return component;
    }

    Path home() {
        return home;
    }

    /** Whether the intake has nothing in its hands and nothing before it. */
    boolean isInboxEmpty() {
        return main.getCamelContext().getInflightRepository().size("intake-folder") == 0
                && (!isOn("ray.intake.folder.enabled")
                        || main.getCamelContext()
                                .getRegistry()
                                .lookupByNameAndType("rayInbox", InboxIntake.class)
                                .isEmpty())
                && isBucketEmpty()
                && isRetryEmpty();
    }

    private boolean isBucketEmpty() {
        Route route = main.getCamelContext().getRoute("intake-s3");
        return route == null || !(route.getConsumer() instanceof PendingIntake intake) || intake.isIdle();
    }

    private boolean isOn(String property) {
        return Boolean.parseBoolean(main.getCamelContext().resolvePropertyPlaceholders("{{" + property + "}}"));
    }

    private boolean isRetryEmpty() {
        Path folder = home.resolve("retry");
        boolean watched = main.getCamelContext()
                .resolvePropertyPlaceholders("{{ray.channel.retry}}")
                .startsWith("file:" + folder);
        return main.getCamelContext().getInflightRepository().size("retry") == 0
                && (!watched || !Inbox.holdsFiles(folder));
    }

    @Override
    public void close() {
        main.stop();
    }
}
