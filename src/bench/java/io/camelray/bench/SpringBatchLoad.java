package io.camelray.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.StepExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ItemWriter;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.file.FlatFileItemReader;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The peer of planning: a step of Spring Batch that reads a flat file, maps each line to an object and writes chunks of
 * them into one table with one key, or drops them. Its job repository keeps nothing, so that only reading and writing
 * count. In a process of its own; says how many rows, the seconds and the CPU seconds.
 */
final class SpringBatchLoad {

    private static final int CHUNK = 5000;
    private static final String NAME = "skus";

    private record Sku(String id, String name, String mood) {}

    private SpringBatchLoad() {}

    /** @param arguments a CSV file; then, to write it as well, a database's URL and user */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        long rows;
        if (arguments.length == 1) {
            rows = run(arguments[0], new ResourcelessTransactionManager(), chunk -> {});
        } else {
            try (HikariDataSource database = new HikariDataSource()) {
                database.setJdbcUrl(arguments[1]);
                database.setUsername(arguments[2]);
                database.setPassword("");
                database.setMaximumPoolSize(1);
                rows = run(arguments[0], new JdbcTransactionManager(database), table(database));
            }
        }
        System.out.printf(
                "%d %.3f %.3f%n",
                rows,
                (System.nanoTime() - start) / 1e9,
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9);
    }

    private static ItemWriter<Sku> table(DataSource database) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("DROP TABLE IF EXISTS plain");
        jdbc.execute("CREATE TABLE plain (id VARCHAR(200) PRIMARY KEY, name VARCHAR(2000), mood VARCHAR(2000))");
        var writer = new JdbcBatchItemWriterBuilder<Sku>()
                .dataSource(database)
                .sql("INSERT INTO plain VALUES (?, ?, ?)")
                .itemPreparedStatementSetter((sku, insert) -> {
                    insert.setString(1, sku.id());
                    insert.setString(2, sku.name());
                    insert.setString(3, sku.mood());
                })
                .build();
        writer.afterPropertiesSet();
        return writer;
    }

    private static long run(String file, PlatformTransactionManager transactions, ItemWriter<Sku> writer)
            throws Exception {
        FlatFileItemReader<Sku> reader = new FlatFileItemReaderBuilder<Sku>()
                .name(NAME)
                .resource(new FileSystemResource(file))
                .linesToSkip(1)
                .delimited()
                .names("id", "name", "mood")
                .fieldSetMapper(fields -> new Sku(fields.readString(0), fields.readString(1), fields.readString(2)))
                .build();
        JobRepository repository = new ResourcelessJobRepository();
        var step = new StepBuilder(NAME, repository)
                .<Sku, Sku>chunk(CHUNK, transactions)
                .reader(reader)
                .writer(writer)
                .build();
        TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
        launcher.setJobRepository(repository);
        launcher.afterPropertiesSet();
        JobExecution done =
                launcher.run(new JobBuilder(NAME, repository).start(step).build(), new JobParameters());
        if (!done.getExitStatus().equals(ExitStatus.COMPLETED)) {
            throw new IllegalStateException("The job ends with " + done.getExitStatus());
        }
        return Optional.of(done.getStepExecutions().iterator().next())
                .map(StepExecution::getWriteCount)
                .orElseThrow();
    }
}
