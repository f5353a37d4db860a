package io.camelray.intake;

import io.camelray.model.Place;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Stops a parser before it goes deeper than a manifest ever does: composing is recursive. */
final class BoundedParser implements Parser {

    static final int DEEPEST = 40;

    private final Parser parser;
    private int depth;
    private Place reached = new Place("", 1, 1);

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        event.getStartMark().ifPresent(this::note);
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> enter(event);
            case MappingEnd, SequenceEnd -> depth--;
            default -> {}
        }
        return event;
    }

    private void note(Mark mark) {
        reached = new Place("", mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Where the event stands that was read last. */
    Place reached() {
        return reached;
    }

    private void enter(Event event) {
        depth++;
        if (depth > DEEPEST) {
            throw new ParserException("nested more than " + DEEPEST + " levels deep", event.getStartMark());
        }
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }
}
