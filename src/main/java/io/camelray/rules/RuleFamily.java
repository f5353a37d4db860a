package io.camelray.rules;

import java.util.List;

/** Rules about one subject. */
interface RuleFamily {

    List<Rule> rules();
}
