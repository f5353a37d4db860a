package io.camelray.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.FailureClass;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** An event of the ledger as a CloudEvent 1.0, in structured mode: one JSON document. */
public final class EventDocument {

    /** Of the whole document. */
    public static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE;

    private static final String TYPE = "io.camelray.";
    private static final String SOURCE = "/camel-ray";

    /** Queries of URLs may grant access. */
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?#]*)[?#]\\S*");

    private final JsonFormat format = new JsonFormat();

    /** Stable over repeated hand-overs; unique also among ledgers that follow each other in one home. */
    public String id(LedgerEvent event) {
        return event.id() + "-" + event.at().toEpochMilli();
    }

    /** Such as {@code io.camelray.render.delivered}. */
    public String type(LedgerEvent event) {
        String what = event.kind();
        if (what.equals("render")) {
            what = event.to().map(RenderState::label).orElse(what);
        }
        return TYPE + about(event) + "." + what;
    }

    private static String about(LedgerEvent event) {
        if (event.render().isPresent()) {
            return "render";
        }
        return event.campaign().isPresent() ? "campaign" : "account";
    }

    public String write(LedgerEvent event) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(id(event))
                .withSource(URI.create(
                        SOURCE + event.campaign().map(name -> "/" + name).orElse("")))
                .withType(type(event))
                .withTime(event.at().atOffset(ZoneOffset.UTC))
                .withData("application/json", JsonCloudEventData.wrap(data(event)));
        event.render()
                .map(render -> render.id().toString())
                .or(() -> event.campaign().isPresent() ? Optional.empty() : event.account())
                .ifPresent(builder::withSubject);
        return new String(format.serialize(builder.build()), StandardCharsets.UTF_8);
    }

    private static ObjectNode data(LedgerEvent event) {
        ObjectNode data = RecordJson.object();
        event.campaign().ifPresent(name -> data.put("campaign", name));
        event.render().ifPresent(render -> {
            data.put("render", render.id().toString());
            data.put("revision", render.revision());
            data.put("variant", render.label());
            data.put("step", render.step());
        });
        event.from().ifPresent(from -> data.put("from", from.label()));
        event.to().ifPresent(to -> data.put("to", to.label()));
        event.account().ifPresent(account -> data.put("account", account));
        event.render()
                .ifPresent(render -> data.put("provider", render.provider().label()));
        attempt(event).ifPresent(attempt -> data.put("attempt", attempt.number()));
        reason(event, data);
        event.render().ifPresent(render -> facts(render, attempt(event), data));
        return data;
    }

    private static Optional<AttemptRecord> attempt(LedgerEvent event) {
        return event.render().stream()
                .flatMap(render -> render.attempts().stream())
                .filter(attempt ->
                        event.attempt().filter(attempt.token()::equals).isPresent())
                .findFirst();
    }

    /** A failure's detail begins with its class. */
    private static void reason(LedgerEvent event, ObjectNode data) {
        String detail = QUERY.matcher(event.detail()).replaceAll("$1");
        int colon = detail.indexOf(": ");
        if (event.to().filter(RenderState.FAILED::equals).isPresent()
                && event.kind().equals("render")
                && colon > 0
                && Labelled.find(FailureClass.class, detail.substring(0, colon)).isPresent()) {
            data.put("class", detail.substring(0, colon));
            detail = detail.substring(colon + 2);
        }
        if (!detail.isEmpty()) {
            data.put("reason", detail);
        }
    }

    private static void facts(RenderRecord render, Optional<AttemptRecord> attempt, ObjectNode data) {
        ObjectNode money = data.putObject("money");
        money.put("currency", "USD");
        money.put("basis", "price book");
        money(money, "expected", render.price().expected());
        money(money, "confirmed", render.confirmed());
        attempt.ifPresent(one -> money(money, "reserved", one.reserved()));
        ArrayNode objects = data.putArray("objects");
        for (OutputRecord output : render.outputs()) {
            ObjectNode object = objects.addObject();
            object.put("kind", output.kind().label());
            object.put("location", QUERY.matcher(output.location()).replaceAll("$1"));
            object.put("stored", output.storedAt().isPresent());
        }
    }

    private static void money(ObjectNode money, String name, Money amount) {
        money.put(name + "Micros", amount.micros());
        money.put(name, amount.toString());
    }
}
