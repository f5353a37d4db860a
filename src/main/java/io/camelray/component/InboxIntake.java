package io.camelray.component;

import io.camelray.intake.Arrival;
import io.camelray.intake.ArrivalRules;
import io.camelray.intake.FolderArrivals;
import io.camelray.intake.IntakeFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes a file consumer safe for an inbox, as its {@code filter}, {@code pollStrategy} and {@code processStrategy}:
 * it takes only what has wholly arrived, reads it once, and files it as {@code ray:plan} says. An inbox that cannot be
 * used is told of once, and used again when it can be. Thread-safe.
 */
public final class InboxIntake extends DefaultPollingConsumerPollStrategy
        implements GenericFileFilter<File>, GenericFileProcessStrategy<File> {

    /** The property of an exchange that says why its manifest is refused, whatever is in it. */
    static final String FAULT = "CamelRayArrivalFault";

    private static final Logger LOG = LoggerFactory.getLogger(InboxIntake.class);
    private static final String ARRIVAL = "CamelRayArrival";

    private final Path inbox;
    private final Duration patience;
    private final IntakeFolder manifests;
    private volatile FolderArrivals arrivals;
    private boolean swept;
    private boolean trouble;

    /**
     * @param inbox where files are dropped
     * @param templates where campaigns' templates are; there need not be such a folder
     * @param patience how long a file must have stayed as it is, such as {@code 2s}
     * @throws IllegalArgumentException naming the property that is wrong
     */
    public InboxIntake(String inbox, String templates, String patience) {
        this.inbox = Path.of(inbox);
        this.patience = duration(patience);
        this.manifests = new IntakeFolder(Path.of(templates), Clock.systemUTC());
        setDoneSuffix("");
    }

    /**
     * Has files wait until another one says that they have arrived. Before the first poll.
     *
     * @param doneSuffix what is behind its name; empty: none is needed
     * @throws IllegalArgumentException if it is no such thing
     */
    public void setDoneSuffix(String doneSuffix) {
        arrivals = new FolderArrivals(inbox, manifests, new ArrivalRules(patience, doneSuffix), Clock.systemUTC());
    }

    private static Duration duration(String patience) {
        try {
            return TimeUtils.toDuration(patience.strip());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "ray.intake.patience must be a time such as 2s, not '" + patience + "'", e);
        }
    }

    /** What tells manifests from data files. */
    IntakeFolder manifests() {
        return manifests;
    }

    /** Whether nothing is in the inbox that is taken, now or soon, by itself. */
    public boolean isEmpty() {
        return arrivals.isEmpty();
    }

    boolean isBelow(Path file) {
        return file.startsWith(arrivals.folder());
    }

    /** Has a data file taken away after this poll. @param copy where its content is by now */
    void release(Path data, Path copy) {
        arrivals.release(data, copy);
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        try {
            if (!swept) {
                arrivals.sweep();
                swept = true;
            }
            arrivals.look();
        } catch (IOException e) {
            if (!trouble) {
                LOG.error(
                        "Nothing is taken from the inbox {} until it can be used again: {}", arrivals.folder(), why(e));
                trouble = true;
            }
            return false;
        }
        if (trouble) {
            LOG.info("The inbox {} can be used again", arrivals.folder());
            trouble = false;
        }
        return true;
    }

    private static String why(IOException e) {
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (said != null) {
            return said;
        }
        return e instanceof AccessDeniedException
                ? "this program may not read it; change its permissions"
                : e.getClass().getSimpleName();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        try {
            arrivals.tidy();
        } catch (IOException e) {
            LOG.warn("Data files that were filed cannot all be taken out of the inbox: {}", e.toString());
        }
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        return file.isDirectory() || arrivals.hasArrived(path(file));
    }

    private static Path path(GenericFile<File> file) {
        return Path.of(file.getAbsoluteFilePath());
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // The first poll prepares it: the folder may not be there yet.
    }

    /** Puts what the file holds into the message; a CSV that stands for its template is read where it lies. */
    @Override
    public boolean begin(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file)
            throws IOException {
        var arrival = arrivals.take(path(file));
        arrival.ifPresent(taken -> {
            exchange.setProperty(ARRIVAL, taken);
            taken.fault().ifPresent(why -> exchange.setProperty(FAULT, why));
            taken.content().ifPresent(exchange.getIn()::setBody);
        });
        return arrival.isPresent();
    }

    @Override
    public void abort(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // It was not touched, and is looked at again.
    }

    @Override
    public void commit(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        Path home = arrivals.folder().getParent();
        String filedAs = exchange.getMessage().getHeader(RayConstants.FILED_AS, String.class);
        if (filedAs == null) {
            LOG.error("{} was not planned and stays: its route has no ray:plan", file.getAbsoluteFilePath());
            arrivals.defer(path(file));
            return;
        }
        try {
            file(exchange.getProperty(ARRIVAL, Arrival.class), home, Path.of(filedAs));
        } catch (IOException e) {
            LOG.error(
                    "{} was planned, and cannot be filed as {}, which is tried again: {}",
                    file.getAbsoluteFilePath(),
                    filedAs,
                    e.toString());
            arrivals.defer(path(file));
        }
    }

    private static void file(Arrival arrival, Path home, Path target) throws IOException {
        Path free = target;
        while (true) {
            try {
                arrival.fileAs(home.resolve(free));
                return;
            } catch (FileAlreadyExistsException e) {
                free = Filing.free(
                        home, target.getParent(), target.getFileName().toString());
            }
        }
    }

    @Override
    public void rollback(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // It stays, and is planned again.
    }
}
