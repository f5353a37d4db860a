package io.camelray.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The constants of an enum by their labels, made once: a plan of a million renders asks for them millions of times. */
final class LabelIndex {

    private static final ClassValue<Map<String, Object>> BY_TYPE = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            Map<String, Object> constants = new HashMap<>();
            for (Object constant : type.getEnumConstants()) {
                constants.putIfAbsent(((Labelled) constant).label(), constant);
            }
            return Collections.unmodifiableMap(constants);
        }
    };

    private LabelIndex() {}

    static Map<String, Object> of(Class<? extends Labelled> type) {
        return BY_TYPE.get(type);
    }
}
