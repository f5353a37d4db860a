package io.camelray.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All accepted jobs, in order; in a file too if there is one, so that they outlive a restart. */
final class JobBook {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Optional<Path> file;

    /** @throws SandboxException if the file holds something else */
    JobBook(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists).ifPresent(this::load);
    }

    synchronized void add(Job job) {
        file.ifPresent(path -> append(path, job));
        jobs.put(job.id(), job);
    }

    synchronized Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** A provider's job of that account by its own id. */
    Optional<Job> find(Provider provider, String account, String id) {
        return find(id).filter(job -> job.isAt(provider) && job.account().equals(account));
    }

    /** A completed job that a new request may build on, by the id that the provider wants for that. */
    synchronized Optional<Job> parent(Provider provider, String account, String chainId, Instant now) {
        return jobs.values().stream()
                .filter(job -> job.isAt(provider) && job.account().equals(account))
                .filter(job -> chainId.equals(job.chainId()) && job.state(now) == JobState.COMPLETED)
                .findFirst();
    }

    /** All jobs of an account at a provider, the newest first. */
    List<Job> newestFirst(Provider provider, String account) {
        List<Job> found = new ArrayList<>(all());
        found.removeIf(job -> !job.isAt(provider) || !job.account().equals(account));
        Collections.reverse(found);
        return found;
    }

    /** Stops a job that has not ended. @return the job as it is now */
    synchronized Job stop(Job job, Instant now) {
        Job stopped = jobs.get(job.id()).stoppedAt(now.toEpochMilli());
        if (stopped != jobs.get(job.id())) {
            add(stopped);
        }
        return stopped;
    }

    synchronized List<Job> all() {
        return List.copyOf(jobs.values());
    }

    synchronized long slotsHeld(Provider provider, String account, Instant now) {
        return jobs.values().stream()
                .filter(job -> job.isAt(provider) && job.account().equals(account) && job.holdsSlot(now))
                .count();
    }

    synchronized long chargedMicros(Provider provider, String account, Instant now) {
        return jobs.values().stream()
                .filter(job -> job.isAt(provider) && job.account().equals(account))
                .mapToLong(job -> job.chargedMicros(now))
                .sum();
    }

    /** How many jobs this same request has already made. */
    synchronized long twins(String requestHash) {
        return jobs.values().stream()
                .filter(job -> job.requestHash().equals(requestHash))
                .count();
    }

    private void load(Path path) {
        try {
            for (String line : Files.readAllLines(path)) {
                Job job = mapper.readValue(line, Job.class);
                jobs.put(job.id(), job);
            }
        } catch (JsonProcessingException e) {
            throw new SandboxException("the state file " + path + " was not written by the sandbox", e);
        } catch (IOException e) {
            throw new SandboxException("the state file " + path + " cannot be read", e);
        }
    }

    private void append(Path path, Job job) {
        try {
            Files.writeString(
                    path, mapper.writeValueAsString(job) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the state file " + path + " cannot be written", e);
        }
    }
}
