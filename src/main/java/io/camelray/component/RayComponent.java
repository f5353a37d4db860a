package io.camelray.component;

import io.camelray.delivery.CampaignReport;
import io.camelray.delivery.DeliveryFigures;
import io.camelray.engine.AdoptionCheck;
import io.camelray.engine.EngineFigures;
import io.camelray.intake.Planner;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerStore;
import io.camelray.model.Destination;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.StartupListener;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The {@code ray} component. It opens the ledger when it starts, takes up what an earlier program left, and polls until it
 * stops. Where the application has no {@code DataSource} and no {@code S3Client}, it makes its own.
 */
@Component("ray")
@ManagedResource(description = "The ray component")
public class RayComponent extends RayComponentOptions implements StartupListener {

    /** What an operator asks of a ledger while no program works on it takes seconds. */
    private static final Duration COMMANDS_END = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RayComponent.class);

    @Metadata(label = "advanced", description = "The defaults of all endpoints")
    private RayConfiguration configuration = new RayConfiguration();

    private RayWorks works;
    private Schedules schedules;
    private AdHocRequests adHocRequests;
    private LeaveAtStop leaveAtStop;
    private DataSource ownDataSource;
    private S3Client ownS3Client;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RayConfiguration copy = configuration.copy();
        RayEndpoint endpoint = new RayEndpoint(uri, this, copy);
        copy.setOperation(operation(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static RayOperation operation(String name) {
        return Stream.of(RayOperation.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no ray:" + name + "; there are "
                        + Stream.of(RayOperation.values())
                                .map(operation -> "ray:" + operation)
                                .toList()));
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().addStartupListener(this);
    }

    /** Only a start with all routes tells that there is none for events; a component added later tells nothing. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        if (!alreadyStarted && works != null) {
            works.closeUnwantedEvents();
        }
    }

    private boolean deliversToBuckets() {
        RaySettings settings = settings();
        return Stream.of(
                        Stream.of(settings.deliverTo()),
                        settings.allowed().stream(),
                        settings.assets().places())
                .flatMap(places -> places)
                .anyMatch(Destination.Bucket.class::isInstance);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        RaySettings settings = settings();
        settings.requireKeys();
        if (deliversToBuckets()) {
            // aws2-s3 looks for a client in the registry when it is first used: it must be the one we prove with.
            bucketClient();
        }
        Ledger ledger = new JdbcLedger(dataSource(), new DailyBudget(settings.budgetDaily(), settings.timeZone()));
        works = new RayWorks(settings, ledger, this::schedules, this::bucketClient, Clock.systemUTC());
        try {
            works.start();
            adHocRequests = new AdHocRequests(works, getCamelContext());
            adHocRequests.start();
        } catch (RuntimeException e) {
            // Camel does not stop what has failed to start, and the home would stay taken.
            doStop();
            throw e;
        }
        leaveAtStop = new LeaveAtStop(adHocRequests, works.engine());
        getCamelContext().getManagementStrategy().addEventNotifier(leaveAtStop);
    }

    private DataSource dataSource() throws InterruptedException {
        if (getDataSource() != null) {
            return getDataSource();
        }
        if (getLedgerUrl() == null || getLedgerUrl().isBlank()) {
            LOG.warn("No ledgerUrl and no DataSource: the ledger is in memory, and lost when the program ends");
            ownDataSource = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        } else {
            ownDataSource = LedgerStore.await(
                    getLedgerUrl(), getLedgerUsername(), Secrets.read(getLedgerPassword()), COMMANDS_END);
        }
        return ownDataSource;
    }

    @Override
    protected void doStop() throws Exception {
        if (adHocRequests != null) {
            getCamelContext().getManagementStrategy().removeEventNotifier(leaveAtStop);
            adHocRequests.close();
            adHocRequests = null;
        }
        if (works != null) {
            works.close();
            works = null;
        }
        if (ownDataSource instanceof AutoCloseable closeable) {
            closeable.close();
        }
        ownDataSource = null;
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        if (ownS3Client != null) {
            ownS3Client.close();
        }
        super.doShutdown();
    }

    /** The options, read and checked. @throws IllegalArgumentException naming the option that is wrong */
    public RaySettings settings() {
        return RaySettings.of(
                this, new AccountProperties(accountProperties(), getCamelContext()::resolvePropertyPlaceholders));
    }

    /** Those of the option, and over them those of the application's properties. */
    private Map<String, String> accountProperties() {
        Map<String, String> all = new TreeMap<>();
        if (getAccounts() != null) {
            getAccounts().forEach((name, value) -> all.put(name, value == null ? "" : value.toString()));
        }
        if (isReadAccounts()) {
            Properties properties = getCamelContext()
                    .getPropertiesComponent()
                    .loadProperties(name -> name.startsWith(AccountProperties.PREFIX));
            properties
                    .stringPropertyNames()
                    .forEach(name ->
                            all.put(name.substring(AccountProperties.PREFIX.length()), properties.getProperty(name)));
        }
        return all;
    }

    /**
     * The client that buckets are delivered with: the application's, else one made here and put into the registry.
     *
     * @throws IllegalArgumentException if none can be made
     */
    public synchronized S3Client bucketClient() {
        if (getAmazonS3Client() != null) {
            return getAmazonS3Client();
        }
        S3Client found = CamelContextHelper.findSingleByType(getCamelContext(), S3Client.class);
        if (found != null) {
            return found;
        }
        ownS3Client = S3Clients.of(this);
        getCamelContext().getRegistry().bind("rayS3Client", S3Client.class, ownS3Client);
        return ownS3Client;
    }

    /** The schedules, read when they are first asked for; they can fire while the component runs. */
    public synchronized Schedules schedules() {
        if (schedules == null) {
            Clock clock = Clock.systemUTC();
            schedules = new Schedules(Planning.schedules(settings(), clock), this::ledger, clock);
        }
        return schedules;
    }

    /** For JMX; empty while the component does not run. */
    @ManagedAttribute(description = "Renders of accepted campaigns by state, of the whole ledger")
    public String getRendersByState() {
        return works == null ? "" : ManagedFigures.rendersByState(ledger());
    }

    /** For JMX; empty while the component does not run, and when none is paused. */
    @ManagedAttribute(description = "Accounts that are paused, and why")
    public String getPausedAccounts() {
        return works == null ? "" : ManagedFigures.pausedAccounts(ledger());
    }

    /** For JMX; empty while the component does not run, and when nothing is planned. */
    @ManagedAttribute(description = "When the next planned render may be submitted, as ISO 8601")
    public String getNextDue() {
        return works == null ? "" : ManagedFigures.nextDue(ledger());
    }

    /** For JMX; empty while the component does not run. */
    @ManagedAttribute(description = "Dollars reserved in the budget of this day")
    public String getDollarsReservedToday() {
        return works == null
                ? ""
                : ManagedFigures.reservedToday(ledger(), settings().timeZone());
    }

    /** The ledger, while the component runs. */
    public Ledger ledger() {
        return works().ledger();
    }

    /**
     * Has somebody told of each secret of any component that is read from a file, each time and before it is used: to keep
     * keys out of logs that were replaced in their files. Any thread calls; the same listener is kept once, for good.
     */
    public static void onSecretRead(Consumer<String> listener) {
        Secrets.onRead(listener);
    }

    /** The password of the ledger's database, wherever it is said. */
    public String ledgerSecret() {
        return Secrets.read(getLedgerPassword());
    }

    /** The planner, while the component runs. */
    public Planner planner() {
        return works().planner();
    }

    /** The reports, while the component runs. */
    public CampaignReport report() {
        return works().report();
    }

    /** Makes sure of a job before a render adopts it; while the component runs. */
    public AdoptionCheck adoptionCheck() {
        return works().engine().adoptionCheck();
    }

    /** What was sent to providers and asked of them since the start; while the component runs. */
    public EngineFigures engineFigures() {
        return works().engine().figures();
    }

    /** What was fetched and stored since the start; while the component runs. */
    public DeliveryFigures deliveryFigures() {
        return works().deliveries();
    }

    /** Manifests that were rejected since the component started. */
    public int rejectedManifests() {
        return works().rejected();
    }

    /** Writes the reports that are due now, instead of a moment later. */
    public void writeReports() {
        works().writeReports();
    }

    AdHocRequests adHocRequests() {
        if (adHocRequests == null) {
            throw new IllegalStateException("The ray component is not started");
        }
        return adHocRequests;
    }

    RayWorks works() {
        if (works == null) {
            throw new IllegalStateException("The ray component is not started");
        }
        return works;
    }

    public RayConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(RayConfiguration configuration) {
        this.configuration = configuration;
    }
}
