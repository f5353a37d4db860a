package io.camelray.engine;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** One render as a workflow of Temporal: public, because Temporal makes proxies of what it runs. */
@WorkflowInterface
public interface RenderWorkflow {

    /** @param number makes the prompt another one */
    @WorkflowMethod
    void render(int number);

    /** What talks to the provider. */
    @ActivityInterface
    interface Jobs {

        /** Submits. @return the job's id */
        String submit(int number);

        /** Asks once; fails until the job is over, so that Temporal asks again. */
        void poll(String job);
    }

    /**
     * As Temporal's guide has infrequent polls: an activity that fails until the job is over, tried again after a fixed
     * interval, so that neither a thread nor an entry of the history goes with each question. What costs money is tried once.
     */
    final class Submitting implements RenderWorkflow {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final Jobs once = jobs(RetryOptions.newBuilder().setMaximumAttempts(1));
        private final Jobs everyFiveSeconds = jobs(RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(TemporalRun.GAP))
                .setBackoffCoefficient(1));

        @Override
        public void render(int number) {
            everyFiveSeconds.poll(once.submit(number));
        }

        private static Jobs jobs(RetryOptions.Builder retries) {
            return Workflow.newActivityStub(
                    Jobs.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(PATIENCE)
                            .setRetryOptions(retries.build())
                            .build());
        }
    }
}
